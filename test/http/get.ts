import { type Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface RequestOptions {
  method?: string;
  headers?: Record<string, string>;
  /** A new connection for each request unless one is given. */
  agent?: Agent;
  signal?: AbortSignal;
}

/** Sends the path as it is written: nothing is normalised or encoded again on the way. */
export function get(
  url: string,
  { method = 'GET', headers = {}, agent, signal }: RequestOptions = {},
): Promise<Answer> {
  const [, host, port, path] = /^http:\/\/([^/:]+):(\d+)(.*)$/.exec(url) ?? [];
  return new Promise((resolve, reject) => {
    const sent = request(
      { host, port, path: path || '/', method, headers, agent: agent ?? false, ...(signal && { signal }) },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          body += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}
