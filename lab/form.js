import { element, required } from './build-element.js';
import { nameOfMode } from './mode-words.js';
import { formatHash } from './settings-hash.js';

/** @import { Mode } from './mode-words.js' */
/** @import { Settings } from './settings-hash.js' */

const form = required('form', HTMLFormElement);
const nField = required('n-field', HTMLElement);
const n = required('n', HTMLInputElement);
const requests = required('requests', HTMLInputElement);
const atATime = required('at-a-time', HTMLInputElement);

/** What a person does at a browser, as settings. @type {{ who: string, does: string, settings: Partial<Settings> }[]} */
const PRESETS = [
  { who: 'one tab', does: 'reloading', settings: { atATime: 1, urls: 'distinct' } },
  { who: 'six tabs', does: 'with one URL', settings: { atATime: 6, urls: 'same' } },
  { who: 'six tabs', does: 'with six URLs', settings: { atATime: 6, urls: 'distinct' } },
];

/** @param {Mode[]} modes */
export function drawModes(modes) {
  const choice = (/** @type {string} */ id, /** @type {string} */ detail) =>
    element(
      'label',
      { class: 'choice' },
      element('input', { type: 'radio', name: 'mode', value: id, required: true }),
      element('span', {}, nameOfMode(id), detail && element('small', {}, detail)),
    );
  const choices = modes.map(({ id, port }) => choice(id, `:${port}`));
  required('mode-choices', HTMLElement).replaceChildren(choice('all', ''), ...choices);
}

/** @param {() => void} onPreset called after the form has been filled in */
export function drawPresets(onPreset) {
  const buttons = PRESETS.map(({ who, does, settings }) => {
    const button = element(
      'button',
      { type: 'button', class: 'quiet' },
      who,
      ' ',
      element('small', {}, does),
    );
    button.addEventListener('click', () => {
      fillForm({ ...readForm(), route: '/pid', ...settings });
      onPreset();
    });
    return button;
  });
  required('presets', HTMLElement).replaceChildren(...buttons);
}

/** @param {Settings} settings a mode that is not offered becomes `all` */
export function fillForm(settings) {
  choose('mode', settings.mode, 'all');
  choose('route', settings.route);
  choose('urls', settings.urls);
  requests.value = String(settings.requests);
  atATime.value = String(settings.atATime);
  n.value = settings.n;
  showN();
}

/** What the form says; only after it has been found valid are the numbers what the page may use. @returns {Settings} */
export function readForm() {
  const data = new FormData(form);
  return {
    mode: String(data.get('mode')),
    requests: Number(requests.value),
    atATime: Number(atATime.value),
    route: data.get('route') === '/api' ? '/api' : '/pid',
    n: n.value,
    urls: data.get('urls') === 'same' ? 'same' : 'distinct',
  };
}

/** Calls back with valid settings whenever the form changes, and keeps them in the address. @param {(settings: Settings) => void} onChange */
export function watchForm(onChange) {
  form.addEventListener('change', () => {
    showN();
    if (form.checkValidity()) onChange(keepInAddress());
  });
}

/** @returns {Settings} */
export function keepInAddress() {
  const settings = readForm();
  history.replaceState(null, '', formatHash(settings));
  return settings;
}

/** The field for n has no say, not even in whether the form is valid, unless a sum is asked for. */
function showN() {
  const wanted = readForm().route === '/api';
  nField.hidden = !wanted;
  n.disabled = !wanted;
}

/** @param {string} name @param {string} value @param {string} [otherwise] */
function choose(name, value, otherwise) {
  const radios = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll(`input[name="${name}"]`)]);
  const chosen =
    radios.find((radio) => radio.value === value) ?? radios.find((radio) => radio.value === otherwise);
  if (chosen) chosen.checked = true;
}
