import { get } from '../../test/http/get.ts';
import { REQUESTS } from '../clients/client.ts';

/**
 * Asks as a stranger until the turns of new visitors are in order. Nginx counts a request that a cookie has led to a
 * replica in that replica's disfavour: for a few visitors after it, the turns are not strictly one after another.
 */
export async function settleTurns(url: string): Promise<void> {
  for (let turn = 0; turn < REQUESTS; turn += 1) await get(`${url}/pid`);
}
