import { Agent } from 'node:http';
import { get } from './get.ts';

/**
 * How many requests a second can be answered: so many clients, each of which asks again as soon as it has its answer,
 * walk through the paths for some seconds.
 * @throws Error when an answer is not a 200
 */
export async function findMost(
  url: string,
  { paths, clients, seconds }: { paths: readonly string[]; clients: number; seconds: number },
): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  const end = performance.now() + seconds * 1000;
  let asked = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const path = paths[asked++ % paths.length] as string;
      const { status, body } = await get(url + path, { agent });
      if (status !== 200) throw new Error(`GET ${path} was answered with ${status}: ${body}`);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  return asked / seconds;
}
