import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, REQUESTS, type Visit } from './client.ts';
import { curl } from './run-curl.ts';

const turns = Array.from({ length: REQUESTS }, (_, turn) => turn);

export const CURL_CLIENTS: readonly Client[] = [
  {
    id: 'curl-loop',
    name: '`curl` in a loop',
    lesson:
      'Each `curl` is a program of its own with a connection of its own: the next one, the next worker.',
    ask: (visit) => oneByOne(visit, () => []),
  },
  {
    id: 'curl-keep-alive',
    name: 'one `curl`, several URLs',
    lesson: 'One `curl` keeps its connection as a browser does, and meets one process as a browser does.',
    ask: ({ tap }) => curl(...turns.map(() => `${tap.url}/pid`)),
  },
  {
    id: 'curl-cookies',
    name: '`curl` in a loop, with a cookie jar',
    lesson: 'What the jar keeps is all that sticky cookie looks at; nobody else looks at it.',
    ask: withCookieJar,
  },
  {
    id: 'distinct-24s',
    name: 'clients in different /24s',
    lesson:
      'Addresses that differ in their first three octets are what ip_hash tells apart. (Here they are named by X-Forwarded-For, which the mode ports believe; the cluster and the port per connection read no headers, and see connections.)',
    ask: (visit) => oneByOne(visit, (turn) => ['--header', `X-Forwarded-For: 198.51.${turn}.7`]),
  },
  {
    id: 'same-24',
    name: 'clients in the same /24',
    lesson:
      'The fourth octet is not looked at: all of an office, or of a mobile operator’s gateway, is one client to ip_hash.',
    ask: (visit) => oneByOne(visit, (turn) => ['--header', `X-Forwarded-For: 198.51.100.${turn + 1}`]),
  },
  {
    id: 'local-addresses',
    name: 'clients at 127.0.0.1, 127.0.1.1, …, through Docker’s port',
    lesson:
      'Docker’s port proxy connects to the container in its own name: whoever asks from this machine comes from the gateway’s address, and is one client to ip_hash.',
    ask: (visit) => oneByOne(visit, (turn) => ['--interface', `127.0.${turn}.1`]),
  },
];

async function oneByOne({ tap }: Visit, optionsOf: (turn: number) => string[]): Promise<string[]> {
  const answers: string[] = [];
  for (const turn of turns) answers.push(...(await curl(...optionsOf(turn), `${tap.url}/pid`)));
  return answers;
}

async function withCookieJar(visit: Visit): Promise<string[]> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'percore-jar-'));
  // Awaited here: the folder is removed on the way out.
  const jar = join(folder.path, 'jar');
  return await oneByOne(visit, () => ['--cookie', jar, '--cookie-jar', jar]);
}
