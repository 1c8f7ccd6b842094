import { stripVTControlCharacters } from 'node:util';

/** What Nginx made of a change, in its own words where it has any. */
export type Verdict =
  | { readonly state: 'refused'; readonly reason: string }
  | { readonly state: 'in use'; readonly remark: string };

/**
 * What a line of Nginx's log, as nginx/serve-and-reload.sh writes it, says of a change of sticky.conf; null when it is
 * about something else.
 */
export function judgeLogLine(text: string): Verdict | null {
  // Compose clears the terminal's line before each, even where there is none.
  const line = stripVTControlCharacters(text);
  if (!line.startsWith('percore: ')) return null;
  const refused = /Nginx refuses the new one \(([^)]*)\): (.*)$/.exec(line);
  if (refused?.[1]?.split(' ').includes('sticky.conf')) return { state: 'refused', reason: refused[2] ?? '' };
  const reloaded = /^percore: reloaded \(([^)]*)\)/.exec(line);
  if (reloaded?.[1]?.split(' ').includes('sticky.conf')) {
    return { state: 'in use', remark: /Nginx remarks: (.*)$/.exec(line)?.[1] ?? '' };
  }
  const isBack = line.startsWith('percore: the configuration is again the one in use');
  return isBack ? { state: 'in use', remark: '' } : null;
}
