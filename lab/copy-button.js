import { element } from './build-element.js';

/** How long a button says that it has copied, in milliseconds. */
const SAID_FOR = 2000;

/**
 * Makes a button copy a text, and say so.
 *
 * @param {HTMLButtonElement} button
 * @param {() => string} text
 */
export function makeCopy(button, text) {
  const label = button.textContent;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let back;
  button.addEventListener('click', async () => {
    const copied = await copy(text());
    button.textContent = copied ? 'Copied' : 'Not allowed here';
    clearTimeout(back);
    back = setTimeout(() => {
      button.textContent = label;
    }, SAID_FOR);
  });
}

/**
 * A line to type in a shell, with a button that copies it.
 *
 * @param {string} line
 * @param {string} name what it is, for who cannot see where the button stands
 */
export function commandLine(line, name) {
  const button = element('button', { type: 'button', class: 'quiet', 'aria-label': `Copy: ${name}` }, 'Copy');
  makeCopy(button, () => line);
  return element('div', { class: 'command' }, element('code', {}, line), button);
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** Browsers give no clipboard to pages that came over plain HTTP from another machine; selecting still works there. @param {string} text */
function copyBySelection(text) {
  const field = element('textarea', { class: 'unseen', 'aria-hidden': 'true' });
  const focused = document.activeElement;
  field.value = text;
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}
