/** @import { PlacementFile } from '../placement/placement-file.ts' */

/** In milliseconds. */
const EVERY = 1000;

/** The only version of the placement file that this page can read. */
const VERSION = 1;

/**
 * Reads the placement file every second for as long as the page can be seen.
 *
 * @param {{
 *   onPlacement: (placement: PlacementFile) => void,
 *   onState: (state: { kind: 'live' | 'paused' } | { kind: 'lost', why: string }) => void,
 * }} listeners `onPlacement` is called for a file that differs from the last one
 */
export function pollPlacement({ onPlacement, onState }) {
  let last = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let asking = false;

  const look = async () => {
    if (asking) return;
    asking = true;
    try {
      const text = await readPlacement();
      if (text !== last) onPlacement(parse(text));
      last = text;
      onState({ kind: 'live' });
    } catch (error) {
      last = '';
      onState({ kind: 'lost', why: error instanceof Error ? error.message : String(error) });
    }
    asking = false;
    if (!document.hidden) timer = setTimeout(look, EVERY);
  };

  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    if (document.hidden) onState({ kind: 'paused' });
    else look();
  });
  look();
}

/** @returns {Promise<string>} */
async function readPlacement() {
  const response = await fetch('placement.json', { cache: 'no-cache' }).catch(() => {
    throw new Error('nothing answers on this port any more');
  });
  if (response.status === 404) throw new Error('the pinner has not written it yet');
  if (!response.ok) throw new Error(`it was answered with status ${response.status}`);
  return response.text();
}

/** @param {string} text @returns {PlacementFile} */
function parse(text) {
  const placement = JSON.parse(text);
  if (placement?.version !== VERSION) {
    throw new Error(
      `it has version ${placement?.version}, and this page reads ${VERSION}: load the page anew`,
    );
  }
  return placement;
}
