/**
 * What stands in the way of using the installed packages as they are; null when nothing does. Contents are compared,
 * not times: a checkout changes every time stamp.
 * @param {string | null} wanted text of package-lock.json
 * @param {string | null} installed text of node_modules/.package-lock.json, which npm writes when it is done
 * @param {(location: string) => boolean} exists whether a folder of the repository is there
 * @returns {string | null}
 */
export function findDifference(wanted, installed, exists) {
  if (wanted === null) return null;
  if (installed === null) return 'none are here';
  const there = packagesOf(installed);
  for (const [location, one] of Object.entries(packagesOf(wanted))) {
    if (!location.startsWith('node_modules/')) continue;
    const other = there[location];
    const name = location.slice(location.lastIndexOf('node_modules/') + 'node_modules/'.length);
    // npm leaves out the optional packages of other systems.
    if (other === undefined && one.optional !== true) return `${name} is new`;
    if (other === undefined) continue;
    if (one.version !== other.version || one.integrity !== other.integrity) return `${name} has changed`;
    if (!exists(location)) return `${name} is missing`;
  }
  return null;
}

/**
 * @param {string} text
 * @returns {Record<string, { version?: string; integrity?: string; optional?: boolean }>}
 */
function packagesOf(text) {
  try {
    return JSON.parse(text).packages ?? {};
  } catch {
    return {};
  }
}
