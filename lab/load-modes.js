/** @import { Mode } from './mode-words.js' */

/**
 * The modes that this stack offers. Without the list, the page still has the port that served it.
 *
 * @returns {Promise<{ modes: Mode[], problem: string | null }>}
 */
export async function loadModes() {
  const mainAlone = [{ id: 'main', port: Number(location.port || 80) }];
  try {
    const response = await fetch('modes.json', { cache: 'no-cache' });
    if (!response.ok) throw new Error(`it was answered with status ${response.status}`);
    return { modes: readModes(await response.json()), problem: null };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { modes: mainAlone, problem: `The list of modes (modes.json) cannot be read: ${why}.` };
  }
}

/**
 * @param {unknown} data
 * @returns {Mode[]}
 * @throws {Error} naming what is wrong with the list
 */
export function readModes(data) {
  const list = /** @type {{ modes?: unknown } | null} */ (data)?.modes;
  if (!Array.isArray(list) || list.length === 0) throw new Error('it holds no modes');
  return list.map((/** @type {Partial<Mode>} */ mode) => {
    const { id, port, sticky, optional } = mode;
    if (typeof id !== 'string' || !/^[a-z_]+$/.test(id))
      throw new Error(`a mode has the id ${JSON.stringify(id)}`);
    if (!Number.isInteger(port)) throw new Error(`${id} has the port ${JSON.stringify(port)}`);
    return {
      id,
      port: /** @type {number} */ (port),
      ...(typeof sticky === 'string' && { sticky }),
      ...(optional === true && { optional }),
    };
  });
}

/**
 * Where a mode answers. The main port is the page's own, whatever number it was published under.
 *
 * @param {Mode} mode
 * @param {Pick<Location, 'hostname' | 'origin'>} [here]
 */
export function originOf({ id, port }, here = location) {
  return id === 'main' ? here.origin : `http://${here.hostname}:${port}`;
}
