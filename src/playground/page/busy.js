/**
 * Runs what a button does and shows it busy; a second press does nothing while the first is under way.
 * @param {HTMLElement} button
 * @param {() => Promise<void>} act
 */
export async function whileBusy(button, act) {
  if (button.getAttribute('aria-busy') === 'true') return;
  button.setAttribute('aria-busy', 'true');
  await act().finally(() => button.removeAttribute('aria-busy'));
}
