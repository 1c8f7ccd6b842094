import { askAtOnce } from '../browser/ask-at-once.ts';
import { closeProfile, openTabs, readPage, visitFirst } from '../browser/open-tabs.ts';
import { type Client, REQUESTS, type Visit } from './client.ts';

const ROUNDS = REQUESTS / 2;
/** Sums that keep a replica busy for a moment. */
const SUM = '/api/300000000';
const OTHER_SUM = '/api/300000001';

export const BROWSER_CLIENTS: readonly Client[] = [
  {
    id: 'reload',
    name: 'one browser tab, reloaded',
    lesson:
      'The browser keeps its connection open and sends every reload on it. Who deals out connections has nothing left to deal out; who deals out requests does not notice.',
    ask: reload,
  },
  {
    id: 'tabs-same-url',
    name: 'two tabs, the same URL at once',
    lesson:
      'The second tab’s request does not leave the browser before the first has its answer (the cache lock). It then goes out on the same connection, as if there were one tab; an answer with no-store (percore’s) can let it go a moment too early for that, on a second one.',
    ask: (visit) => twoTabs(visit, SUM, SUM),
  },
  {
    id: 'tabs-distinct-urls',
    name: 'two tabs, distinct URLs at once',
    lesson:
      'No lock, so the requests overlap. The second needs a second connection, and with it a second worker comes into view.',
    ask: (visit) => twoTabs(visit, SUM, OTHER_SUM),
  },
  {
    id: 'two-profiles',
    name: 'two browser profiles, the same URL at once',
    lesson:
      'Each profile has a cache, connections and cookies of its own: two clients. To ip_hash they are one address.',
    ask: twoProfiles,
  },
];

async function reload({ tap, browsers }: Visit): Promise<string[]> {
  const [tab] = await openTabs(browsers[0], 1);
  if (!tab) throw new Error('The browser opened no tab.');
  const answers = [await visitFirst(tab, tap, '/pid')];
  while (answers.length < REQUESTS) {
    await tab.reload();
    answers.push(await readPage(tab));
  }
  await closeProfile(tab);
  return answers;
}

async function twoTabs({ tap, browsers }: Visit, path: string, otherPath: string): Promise<string[]> {
  const [first, second, side] = await openTabs(browsers[0], 3);
  if (!first || !second || !side) throw new Error('The browser opened too few tabs.');
  await visitFirst(first, tap, '/');
  tap.forget();
  const answers: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    answers.push(...(await askAtOnce(tap, [first, path], [second, otherPath], side)));
  }
  await closeProfile(first);
  return answers;
}

async function twoProfiles({ tap, browsers }: Visit): Promise<string[]> {
  const [first] = await openTabs(browsers[0], 1);
  const [second, side] = await openTabs(browsers[1], 2);
  if (!first || !second || !side) throw new Error('The browsers opened too few tabs.');
  await visitFirst(first, tap, '/');
  await visitFirst(second, tap, '/');
  tap.forget();
  const answers: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    answers.push(...(await askAtOnce(tap, [first, SUM], [second, SUM], side)));
  }
  await Promise.all([first, second].map(closeProfile));
  return answers;
}
