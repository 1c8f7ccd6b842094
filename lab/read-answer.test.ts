import { describe, expect, test } from 'vitest';
import { readAnswer as read } from './read-answer.js';

const readAnswer = (status: number, body: string, headers = {}) => read(status, body, new Headers(headers));

describe('readAnswer', () => {
  test('reads percore’s JSON, of both routes', () => {
    expect(readAnswer(200, '{"pid":4711,"replica":3,"core":2}')).toEqual({
      pid: 4711,
      replica: 3,
      core: 2,
      clamped: false,
    });
    const sum =
      '{"sum":"12500000002500000000","n":5000000000,"clamped":true,"pid":8,"replica":1,"core":null}';
    expect(readAnswer(200, sum)).toEqual({ pid: 8, replica: 1, core: null, clamped: true });
  });

  test.each([
    'Which PID handled this process: 54322',
    'Final count is 2000000000067114000 at pid: 54322',
    'Final count is 1.2500000000387e+19 at pid: 54322',
  ])('reads the tutorial’s words: %s', (body) => {
    expect(readAnswer(200, body)).toEqual({ pid: 54322, replica: null, core: null, clamped: false });
  });

  test('knows who signed a line of text in its headers', () => {
    const body = 'Which PID handled this process: 4711';
    expect(readAnswer(200, body, { 'X-Replica': '3', 'X-Core': '2' })).toMatchObject({ replica: 3, core: 2 });
    expect(readAnswer(200, body, { 'X-Replica': '3', 'X-Core': 'none' })).toMatchObject({ core: null });
  });

  test('takes the reason out of a problem body', () => {
    const body = '{"type":"about:blank","title":"Bad Request","detail":"n must be digits"}';
    expect(readAnswer(400, body)).toEqual({ failure: 'status', status: 400, detail: 'n must be digits' });
    expect(readAnswer(502, '<html>Bad Gateway</html>')).toEqual({ failure: 'status', status: 502 });
  });

  test.each(['', 'Hello World!', '{"pid":"4711a"}', 'null', '[1]'])('does not guess at %j', (body) => {
    expect(readAnswer(200, body)).toMatchObject({ failure: 'unreadable' });
  });
});
