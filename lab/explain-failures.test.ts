import { describe, expect, test } from 'vitest';
import { explainFailures } from './explain-failures.js';

const network = { failure: 'network' } as const;
const run = {
  failures: [network, network, network],
  answers: 0,
  port: 8083,
  rule: 'ip_hash',
  reachable: false,
};

describe('explainFailures', () => {
  test('says nothing of a run without failures', () => {
    expect(explainFailures({ ...run, failures: [], answers: 60 })).toEqual([]);
  });

  test('names the closed port and what opens it', () => {
    expect(explainFailures(run)).toEqual([
      { text: expect.stringContaining('Nothing answers on port 8083.'), command: 'npm start' },
    ]);
    expect(explainFailures({ ...run, port: 8090, rule: 'cluster' })).toEqual([
      {
        text: expect.stringContaining('Nothing answers on port 8090.'),
        command: 'docker compose --profile baseline up --detach',
      },
    ]);
  });

  test('tells a port that gives no leave to read from a closed one', () => {
    const [told] = explainFailures({ ...run, reachable: true });
    expect(told?.text).toMatch(/^3 requests went unread: .*Access-Control-Allow-Origin/);
  });

  test('tells each reason once, with how often', () => {
    const told = explainFailures({
      ...run,
      answers: 50,
      failures: [
        network,
        { failure: 'status', status: 503 },
        { failure: 'status', status: 503 },
        { failure: 'status', status: 400, detail: 'n must be decimal digits.' },
        { failure: 'status', status: 418 },
      ],
    });
    expect(told.map(({ text }) => text)).toEqual([
      'One request got no answer: the connection broke, as it does when a replica goes away with a request in its hands, or when the browser sees a network come or go (Docker makes some).',
      '2 requests came back with status 503: nobody was free to answer, or no replica is ready.',
      'One request came back with status 400: n must be decimal digits.',
      'One request came back with status 418: no reason was given.',
    ]);
  });
});
