import { describe, expect, test } from 'vitest';
import type { Run } from './describe-run.js';
import { describeRun } from './describe-run.js';
import { tallyAnswers } from './tally-answers.js';

/** A run in which these replicas answered, in this order. A letter is a worker of the cluster. */
function run(rule: Run['rule'], who: string, changes: Partial<Run> = {}): Run {
  const arrivals = [...who].map((mark, order) => {
    const worker = mark >= 'a';
    const number = worker ? mark.charCodeAt(0) - 96 : Number(mark);
    return {
      order,
      milliseconds: 1 + order / 10,
      outcome: {
        pid: 4700 + number,
        replica: worker ? null : number,
        core: worker ? null : number - 1,
        clamped: false,
      },
    };
  });
  return {
    rule,
    arrivals,
    rows: tallyAnswers(arrivals),
    requests: arrivals.length,
    atATime: 1,
    urls: 'distinct',
    stopped: false,
    replicas: rule === 'cluster' ? null : 3,
    wire: null,
    ...changes,
  };
}

const serial = { mostAtOnce: 1, opened: 1, requests: 60 };

describe('describeRun', () => {
  test.each<[string, Run, string]>([
    ['nothing', run('round_robin', ''), 'No answer came.'],
    ['one answer', run('ip_hash', '2'), 'The one answer came from app-2.'],
    ['two answers', run('ip_hash', '22'), 'Both answers came from app-2: this mode keyed on your address.'],
    [
      'an address hash',
      run('ip_hash', '3'.repeat(60)),
      'All 60 answers came from app-3: this mode keyed on your address.',
    ],
    [
      'an address hash that was disturbed',
      run('ip_hash', '33311333'),
      '2 of 3 replicas answered, 2 to 6 answers each, although this mode keys on your address: the replica that it chose was away, or their number changed.',
    ],
    [
      'a cookie',
      run('cookie', '1'.repeat(9)),
      'All 9 answers came from app-1: the cookie that it set led back to it.',
    ],
    [
      'a cookie that came late',
      run('cookie', '1231232222222222', { atATime: 6 }),
      'The first 6 were asked for before the cookie had settled; the other 10 all came from app-2.',
    ],
    [
      'a cookie for a replica that went away',
      run('cookie', '11122222222', { atATime: 1 }),
      'After 3 answers the cookie led elsewhere: the other 8 all came from app-2.',
    ],
    [
      'a cookie that does not lead back',
      run('cookie', '123123123'),
      '3 replicas answered, 3 answers each: no cookie led back to one of them.',
    ],
    ['turns', run('round_robin', '123123'), '3 replicas took turns: 2 answers each.'],
    [
      'turns that do not come out even',
      run('round_robin', '1231231'),
      '3 replicas took turns: 2 or 3 answers each.',
    ],
    [
      'turns that others take too',
      run('round_robin', '12312333'),
      '3 replicas took turns, 2 to 4 answers each: other clients’ requests, and replicas that come or go, take turns too.',
    ],
    [
      'turns that nobody else takes',
      run('round_robin', '1111'),
      'All 4 answers came from app-1, although this mode takes turns: nobody else was ready.',
    ],
    [
      'a single replica',
      run('round_robin', '1111', { replicas: 1 }),
      'All 4 answers came from app-1: there is no other replica.',
    ],
    [
      'least connections',
      run('least_conn', '1213'),
      '3 replicas shared the work, 1 or 2 answers each: a request went to whoever had the fewest under way.',
    ],
    [
      'one connection',
      run('per_connection', '222', { wire: serial }),
      'All 3 answers came from app-2: the browser kept to one connection, and a connection stays with its replica.',
    ],
    [
      'several connections',
      run('per_connection', '112', { atATime: 6 }),
      '2 of 3 replicas answered, 1 or 2 answers each: the browser used several connections, and each stays with its replica.',
    ],
    [
      'the cluster, one request after another',
      run('cluster', 'aaaa'),
      'All 4 answers came from worker 4701: the browser kept to one connection, and a connection stays with its worker.',
    ],
    [
      'the cluster, several at a time',
      run('cluster', 'abab', { atATime: 6 }),
      '2 workers answered, 2 answers each: the browser used several connections, and each stays with its worker.',
    ],
    ['a main port of unknown rule', run('unknown', '123'), '3 replicas answered, 1 answer each.'],
  ])('says what was seen: %s', (_, given, sentence) => expect(describeRun(given)).toBe(sentence));

  test('says that identical URLs waited for each other, only where that was measured', () => {
    const same = { urls: 'same', atATime: 6 } as const;
    const waited = 'Their URL was the same, so they waited for each other';
    expect(describeRun(run('cluster', 'aaaa', { ...same, wire: serial }))).toContain(waited);
    expect(describeRun(run('cluster', 'aaaa', { ...same, wire: null }))).not.toContain(waited);
    expect(
      describeRun(run('cluster', 'aaaa', { ...same, wire: { ...serial, mostAtOnce: 2 } })),
    ).not.toContain(waited);
    expect(describeRun(run('cluster', 'aaaa', { urls: 'same', atATime: 1, wire: serial }))).not.toContain(
      waited,
    );
  });

  test('tells of a replica that was started anew', () => {
    const crashed = run('round_robin', '1212');
    const arrivals = crashed.arrivals.map((arrival, order) =>
      order === 3 ? { ...arrival, outcome: { pid: 9000, replica: 2, core: 1, clamped: false } } : arrival,
    );
    expect(describeRun({ ...crashed, arrivals, rows: tallyAnswers(arrivals) })).toContain(
      'app-2 was started anew on the way: its PID was 4702, then 9000.',
    );
  });

  test('tells of a run that was stopped', () => {
    expect(describeRun(run('ip_hash', '11', { stopped: true, requests: 60 }))).toMatch(
      /Stopped after 2 of 60\.$/,
    );
  });
});
