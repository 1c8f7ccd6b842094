import { expect, test } from 'vitest';
import { judgeLogLine } from './judge-log-line.ts';

test('a reload for the file', () => {
  const line =
    'percore: reloaded (sticky.conf). Now active: mode: ip_hash; replicas: 2; trusted proxies: none.';
  expect(judgeLogLine(line)).toEqual({ state: 'in use', remark: '' });
  expect(judgeLogLine(line.replace('(', '(replicas.conf '))).toEqual({ state: 'in use', remark: '' });
});

test('a line as Compose shows it', () => {
  expect(judgeLogLine('\x1b[2Kpercore: reloaded (sticky.conf). Now active: mode: ip_hash.')).not.toBeNull();
});

test('a reload with a remark', () => {
  const line = 'percore: reloaded (sticky.conf). Now active: mode: ip_hash. Nginx remarks: method redefined';
  expect(judgeLogLine(line)).toEqual({ state: 'in use', remark: 'method redefined' });
});

test('a refusal gives the reason', () => {
  const line =
    'percore: kept the configuration in use, as Nginx refuses the new one (sticky.conf): [emerg] load balancing method redefined in sticky.conf:8';
  expect(judgeLogLine(line)).toEqual({
    state: 'refused',
    reason: '[emerg] load balancing method redefined in sticky.conf:8',
  });
});

test('what is about something else', () => {
  expect(judgeLogLine('percore: reloaded (replicas.conf). Now active: mode: round robin.')).toBeNull();
  expect(judgeLogLine('{"uri":"/pid?sticky.conf"}')).toBeNull();
  expect(judgeLogLine('{"uri":"percore: reloaded (sticky.conf)"}')).toBeNull();
});

test('a change that was taken back', () => {
  expect(judgeLogLine('percore: the configuration is again the one in use.')).toEqual({
    state: 'in use',
    remark: '',
  });
});
