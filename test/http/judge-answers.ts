import type { Exchange, RawAnswer } from './send-raw.ts';

/** What only the server's own files and stacks say: its folders, its sockets, its modules, a line of a trace. */
const INSIDE =
  /\/run\/percore|\/etc\/nginx|\/app\/|\/usr\/local|\/tmp\/|\.sock\b|node:|node_modules|\n\s+at /;

/** What is wrong with answers, whatever was asked: a sentence for each. */
export function judgeAnswers({ answers, rest }: Exchange): string[] {
  const faults = answers.flatMap(judge);
  if (INSIDE.test(rest)) faults.push(`it shows what is inside: ${rest}`);
  return faults;
}

function judge({ status, head, body }: RawAnswer): string[] {
  const faults: string[] = [];
  if (/^x-powered-by:|^server: .*\d/im.test(head)) faults.push(`it says too much: ${head}`);
  if (status < 400) return faults;
  if (INSIDE.test(head + body)) faults.push(`it shows what is inside: ${head}${body}`);
  if (!/^content-type: application\/problem\+json(;|$)/im.test(head))
    faults.push(`it is no problem body: ${head}`);
  if (status === 405 && !/^allow: GET, HEAD$/im.test(head)) faults.push(`a 405 without Allow: ${head}`);
  if (body !== '' && statusIn(body) !== status) faults.push(`its body has another status: ${body}`);
  return faults;
}

function statusIn(body: string): unknown {
  try {
    return (JSON.parse(body) as { status?: unknown }).status;
  } catch {
    return undefined;
  }
}
