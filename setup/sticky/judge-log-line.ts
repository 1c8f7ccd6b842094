/**
 * What a line of Nginx's log, as nginx/serve-and-reload.sh writes it, says of a change of sticky.conf: it is in use
 * (`refusal` is null) or refused; null when the line is about something else.
 */
export function judgeLogLine(line: string): { readonly refusal: string | null } | null {
  if (!line.startsWith('percore: ')) return null;
  const refused = /Nginx refuses the new one \(([^)]*)\): (.*)$/.exec(line);
  if (refused?.[1]?.split(' ').includes('sticky.conf')) return { refusal: refused[2] ?? '' };
  const reloaded = /^percore: reloaded \(([^)]*)\)/.exec(line);
  if (reloaded?.[1]?.split(' ').includes('sticky.conf')) return { refusal: null };
  return line.startsWith('percore: the configuration is again the one in use') ? { refusal: null } : null;
}
