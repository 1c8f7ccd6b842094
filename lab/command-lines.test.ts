import { expect, test } from 'vitest';
import { commandLines } from './command-lines.js';
import { DEFAULT_SETTINGS } from './settings-hash.js';

const origin = 'http://127.0.0.1:8083';

test('the command lines repeat one request after another', () => {
  const lines = commandLines(DEFAULT_SETTINGS, { origin, rule: 'ip_hash' }).map(({ line }) => line);
  expect(lines).toEqual([
    "curl -sS 'http://127.0.0.1:8083/pid?request=[1-60]' | grep -o 'process: [0-9]*' | sort | uniq -c",
    "seq 60 | xargs -I{} curl -sS 'http://127.0.0.1:8083/pid?request={}' | grep -o 'process: [0-9]*' | sort | uniq -c",
    'k6 run -e MODES=this -e CLIENTS=1 -e BASE_URL=http://127.0.0.1:8083 -e REQUESTS=60 -e AT_A_TIME=1 -e PATHNAME=/pid loadtest/stickiness.js',
  ]);
});

test('the command lines repeat several at a time for one URL, with a cookie', () => {
  const settings = { ...DEFAULT_SETTINGS, atATime: 6, urls: 'same', route: '/api', n: '1000' } as const;
  const lines = commandLines(settings, { origin, rule: 'cookie' }).map(({ line }) => line);
  expect(lines).toEqual([
    "curl -sS -Z --parallel-immediate --parallel-max 6 -b '' 'http://127.0.0.1:8083/api/1000#[1-60]' | grep -o 'pid: [0-9]*' | sort | uniq -c",
    "seq 60 | xargs -P 6 -I{} curl -sS 'http://127.0.0.1:8083/api/1000' | grep -o 'pid: [0-9]*' | sort | uniq -c",
    'k6 run -e MODES=this -e CLIENTS=1 -e BASE_URL=http://127.0.0.1:8083 -e REQUESTS=60 -e AT_A_TIME=6 -e PATHNAME=/api/1000 loadtest/stickiness.js',
  ]);
});
