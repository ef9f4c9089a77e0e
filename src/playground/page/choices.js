/** Language and colours. */
import { h } from './dom.js';
import { LANGUAGES, THEMES } from './preferences.js';

/** Each language is named in itself. */
const LANGUAGE_NAMES = { en: 'English', ru: 'Русский' };

/** @param {import('./panel.js').PanelOptions} options */
export function createChoices({ t, view, acts }) {
  const languages = LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }));
  const themes = THEMES.map((value) => ({ value, label: t(`theme-${value}`) }));
  return h(
    'div',
    { class: 'choices' },
    createChoice(t('language'), { values: languages, chosen: view.language, onChoose: acts.setLanguage }),
    createChoice(t('theme'), { values: themes, chosen: view.theme, onChoose: acts.setTheme }),
  );
}

/**
 * Makes buttons of which one is chosen.
 * @template {string} Value
 * @param {string} label
 * @param {{ values: readonly { value: Value, label: string }[], chosen: Value, onChoose: (value: Value) => void }} choice
 */
export function createChoice(label, { values, chosen, onChoose }) {
  const buttons = values.map((each) => h('button', { type: 'button', 'data-value': each.value }, each.label));
  /** @param {Value} value */
  const mark = (value) =>
    buttons.forEach((button) =>
      button.setAttribute('aria-pressed', String(button.dataset['value'] === value)),
    );
  buttons.forEach((button, index) =>
    button.addEventListener('click', () => {
      const value = values[index]?.value ?? chosen;
      mark(value);
      onChoose(value);
    }),
  );
  mark(chosen);
  return h('div', { class: 'choice', role: 'group', 'aria-label': label }, ...buttons);
}
