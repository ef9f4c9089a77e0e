/** What a visitor chose: language and colours, kept in this browser. */

/** @typedef {'en' | 'ru'} Language */
/** @typedef {'auto' | 'light' | 'dark'} Theme */

/** @type {readonly Language[]} */
export const LANGUAGES = ['en', 'ru'];
/** @type {readonly Theme[]} */
export const THEMES = ['auto', 'light', 'dark'];

/**
 * @param {string} name
 * @returns {string | null}
 */
function read(name) {
  try {
    return localStorage.getItem(`heartbeat-play-${name}`);
  } catch {
    // Some browsers refuse storage; then a choice lives as long as the page.
    return null;
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
function keep(name, value) {
  try {
    localStorage.setItem(`heartbeat-play-${name}`, value);
  } catch {
    // as above
  }
}

/**
 * Gives the chosen language, else the one the service took from the browser's.
 * @param {Language} fallback
 * @returns {Language}
 */
export function readLanguage(fallback) {
  return LANGUAGES.find((each) => each === read('language')) ?? fallback;
}

/** @returns {Theme} */
export function readTheme() {
  return THEMES.find((each) => each === read('theme')) ?? 'auto';
}

/** @param {Language} language */
export function setLanguage(language) {
  keep('language', language);
  document.documentElement.lang = language;
}

/** @param {Theme} theme */
export function setTheme(theme) {
  keep('theme', theme);
  document.documentElement.dataset['theme'] = theme;
}
