/** The ways to stick, in the words of `npm run sticky`. */
export const MODES = ['ip_hash', 'cookie', 'least_conn'] as const;
export type Mode = (typeof MODES)[number];

/** A directive on a line of its own, commented or not. Prose that mentions one has words before or after it. */
const LINE = /^([ \t]*)(#[ \t]*)?(ip_hash|least_conn|sticky[ \t]+cookie[ \t][^;#]*);[ \t]*(#.*)?\r?$/;

export class StickyConfError extends Error {
  override readonly name = 'StickyConfError';
}

/** The modes whose lines are not commented, in the order of the file. */
export function activeModes(text: string): Mode[] {
  return text.split('\n').flatMap((line) => {
    const found = readLine(line);
    return found?.isActive ? [found.mode] : [];
  });
}

/**
 * The text with one mode's line uncommented, or none, and every other byte as it was.
 * @throws StickyConfError when the file has no line for the mode.
 */
export function activateMode(text: string, wanted: Mode | 'off'): string {
  const lines = text.split('\n');
  const modes = lines.map(readLine);
  const inUse = modes.findIndex((found) => found?.mode === wanted && found.isActive);
  const chosen = inUse === -1 ? modes.findIndex((found) => found?.mode === wanted) : inUse;
  if (wanted !== 'off' && chosen === -1) {
    throw new StickyConfError(
      `sticky.conf has no line for ${wanted}, commented or not: bring it back with "git checkout nginx/sticky.conf".`,
    );
  }
  const mark = commentMark(lines);
  return lines
    .map((line, index) => {
      const found = modes[index];
      if (!found || found.isActive === (index === chosen)) return line;
      return index === chosen ? line.replace(/^([ \t]*)#[ \t]*/, '$1') : line.replace(/^[ \t]*/, `$&${mark}`);
    })
    .join('\n');
}

function readLine(line: string): { mode: Mode; isActive: boolean } | null {
  const [, , mark, directive] = LINE.exec(line) ?? [];
  if (directive === undefined) return null;
  const mode = directive.startsWith('sticky') ? 'cookie' : (directive as Mode);
  return { mode, isActive: mark === undefined };
}

/** As the file's other commented directives have it: `#ip_hash;` or `# ip_hash;`. */
function commentMark(lines: readonly string[]): string {
  for (const line of lines) {
    const mark = LINE.exec(line)?.[2];
    if (mark !== undefined) return mark;
  }
  return '#';
}
