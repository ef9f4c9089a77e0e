/** The page's words and how it writes instants. */

/** @typedef {import('./preferences.js').Language} Language */
/** @typedef {Readonly<Record<string, string>>} Messages */
/** @typedef {(key: string, values?: Record<string, string | number>) => string} Translate */

/**
 * Gives the function that finds a word and puts values into it.
 * @param {Messages} messages
 * @returns {Translate}
 */
export function createTranslate(messages) {
  return (key, values = {}) => {
    const text = messages[key];
    if (text === undefined) throw new Error(`The page has no word "${key}".`);
    return text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
  };
}

/**
 * Gives `13:45` in a zone.
 * @param {number} at ms
 * @param {string} timezone
 * @param {Language} language
 */
export function formatTime(at, timezone, language) {
  return format(at, language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: timezone });
}

/**
 * Gives `Friday, 20 November` in a zone.
 * @param {number} at ms
 * @param {string} timezone
 * @param {Language} language
 */
export function formatDay(at, timezone, language) {
  return format(at, language, { weekday: 'long', day: 'numeric', month: 'long', timeZone: timezone });
}

/**
 * Gives `20 Nov` in a zone.
 * @param {number} at ms
 * @param {string} timezone
 * @param {Language} language
 */
export function formatShortDay(at, timezone, language) {
  return format(at, language, { day: 'numeric', month: 'short', timeZone: timezone });
}

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * @param {number} at
 * @param {Language} language
 * @param {Intl.DateTimeFormatOptions} options
 */
function format(at, language, options) {
  const key = JSON.stringify([language, options]);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, options);
  formats.set(key, known);
  return known.format(at);
}
