import { required } from './build-element.js';

const bar = required('progress', HTMLProgressElement);
const text = required('progress-text', HTMLElement);
const announcement = required('announcement', HTMLElement);

/** The bar for who sees it, and four announcements on the way for who does not. */
export function createProgress() {
  let quarter = 0;
  return {
    /** @param {number} total */
    begin(total) {
      quarter = 0;
      bar.max = total;
      bar.value = 0;
      text.textContent = '';
      announcement.textContent = 'Running.';
    },

    /** @param {number} value @param {string} words */
    at(value, words) {
      bar.value = value;
      text.textContent = words;
      const reached = Math.floor((4 * value) / bar.max);
      if (reached > quarter && reached < 4) announcement.textContent = words;
      quarter = reached;
    },

    /** @param {string} words */
    end(words) {
      bar.value = words === 'Done.' ? bar.max : bar.value;
      text.textContent = words;
      announcement.textContent = words;
    },
  };
}
