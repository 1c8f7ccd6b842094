import { pathOf } from './settings-hash.js';

/** @import { Rule } from './mode-words.js' */
/** @import { Settings } from './settings-hash.js' */

/**
 * The same experiment from a shell: with curl over kept connections, with curl over a new connection each time, and
 * with k6. Each prints how often each PID answered.
 *
 * @param {Settings} settings
 * @param {{ origin: string, rule: Rule }} target
 * @returns {{ name: string, line: string }[]}
 */
export function commandLines(settings, { origin, rule }) {
  const { requests, atATime, urls, route } = settings;
  const path = pathOf(settings);
  // Answers that arrive together share a line: what is counted is looked for, not split off.
  const count = `grep -o '${route === '/pid' ? 'process' : 'pid'}: [0-9]*' | sort | uniq -c`;
  // What follows a # is not sent: curl counts the requests with it, and asks for the same URL each time.
  const url = `${origin}${path}${urls === 'same' ? '#' : '?request='}[1-${requests}]`;
  const each = `${origin}${path}${urls === 'same' ? '' : '?request={}'}`;
  const parallel = atATime > 1 ? ` -Z --parallel-immediate --parallel-max ${atATime}` : '';
  const cookies = rule === 'cookie' ? " -b ''" : '';
  const processes = atATime > 1 ? ` -P ${atATime}` : '';
  return [
    { name: 'curl, connections kept', line: `curl -sS${parallel}${cookies} '${url}' | ${count}` },
    {
      name: 'curl, a new connection each time',
      line: `seq ${requests} | xargs${processes} -I{} curl -sS '${each}' | ${count}`,
    },
    {
      name: 'k6',
      line: `k6 run -e MODES=this -e CLIENTS=1 -e BASE_URL=${origin} -e REQUESTS=${requests} -e AT_A_TIME=${atATime} -e PATHNAME=${path} loadtest/stickiness.js`,
    },
  ];
}
