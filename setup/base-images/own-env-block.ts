/** The lines of `.env` that `npm start` writes; all others are the user's and stay as they are. */
const BEGIN = '# >>> percore: base images built on this machine; npm start writes these lines';
const END = '# <<< percore';

/** The text without the lines between the markers, the markers included. */
export function withoutOwnBlock(text: string): string {
  return splitBlock(text).others;
}

/** The variables that stand between the markers. */
export function readOwnBlock(text: string): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const line of splitBlock(text).own) {
    const equals = line.indexOf('=');
    if (equals > 0) variables[line.slice(0, equals)] = line.slice(equals + 1);
  }
  return variables;
}

/** The text with these variables, and only these, between the markers; without markers when there are none. */
export function writeOwnBlock(text: string, variables: Readonly<Record<string, string>>): string {
  const { others } = splitBlock(text);
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  if (lines.length === 0) return others;
  const separator = others === '' || others.endsWith('\n') ? '' : '\n';
  return `${others}${separator}${[BEGIN, ...lines, END].join('\n')}\n`;
}

function splitBlock(text: string): { others: string; own: string[] } {
  const others: string[] = [];
  const own: string[] = [];
  let inside = false;
  // Without an end marker the rest of the file would be taken for ours: then only the marker itself is.
  const ends = text.includes(END);
  for (const line of text.split(/(?<=\n)/)) {
    const bare = line.trimEnd();
    if (bare === BEGIN) inside = ends;
    else if (bare === END) inside = false;
    else if (inside) own.push(bare);
    else others.push(line);
  }
  return { others: others.join(''), own };
}
