import { launchChromium } from '../../test/browser/launch-chromium.ts';
import { BROWSER_CLIENTS } from '../clients/browser-clients.ts';
import type { Client } from '../clients/client.ts';
import { CURL_CLIENTS } from '../clients/curl-clients.ts';
import type { Stage } from '../open-stage.ts';
import { NetworkWatch } from '../wire/watch-network.ts';
import type { Cell } from './expected.ts';
import { measureCell } from './measure-cell.ts';
import { SERVERS } from './servers.ts';

export const CLIENTS: readonly Client[] = [...BROWSER_CLIENTS, ...CURL_CLIENTS];

/** For each client's id a cell per server, in the order of SERVERS. */
export type Matrix = Readonly<Record<string, readonly Cell[]>>;

/**
 * Measures every cell, one after another.
 * @param onRow called as soon as a row is complete
 */
export async function measureMatrix(
  stage: Stage,
  onRow: (client: Client, cells: readonly Cell[]) => void = () => {},
): Promise<Matrix> {
  using network = new NetworkWatch();
  await using first = await launchChromium();
  await using second = await launchChromium();
  const bench = { stage, network, browsers: [first, second] as const };
  const rows: Record<string, Cell[]> = {};
  for (const client of CLIENTS) {
    const cells: Cell[] = [];
    for (const server of SERVERS) cells.push(await measureCell(bench, client, server));
    rows[client.id] = cells;
    onRow(client, cells);
  }
  return rows;
}
