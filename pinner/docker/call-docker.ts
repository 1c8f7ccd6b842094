import { type IncomingMessage, request } from 'node:http';
import { DockerError, messageOf } from './docker-error.ts';

export interface Call {
  readonly socketPath: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  /** The whole call's deadline in milliseconds: a hanging engine must not hang a pass. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface Reply {
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** Far above a list of some thousand containers; a longer answer is not from a Docker engine. */
const MAX_REPLY_CHARS = 32 * 1024 * 1024;

/**
 * One request over the engine's UNIX socket, on a connection of its own: a kept-alive one would be a stale one after
 * every restart of the engine.
 * @throws DockerError for no answer, a late one, or a status other than 2xx (with Docker's own message).
 */
export async function callDocker(call: Call): Promise<Reply> {
  const deadline = AbortSignal.timeout(call.timeoutMs);
  const signal = AbortSignal.any([call.signal, deadline]);
  try {
    const response = await open(call, signal);
    const text = await readText(response);
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return { headers: response.headers, text };
    throw new DockerError(`Docker answered ${status} to ${nameOf(call)}: ${readMessage(text)}`, status);
  } catch (error) {
    if (error instanceof DockerError) throw error;
    throw explain(call, error, deadline.aborted);
  }
}

/**
 * Opens a reply without an end. Its headers have a deadline; its body has none, as a stream of events may be silent
 * for hours.
 * @throws DockerError as `callDocker`.
 */
export async function openStream(call: Call): Promise<IncomingMessage> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), call.timeoutMs);
  try {
    const response = await open(call, AbortSignal.any([call.signal, late.signal]));
    const status = response.statusCode ?? 0;
    if (status === 200) return response;
    const text = await readText(response);
    throw new DockerError(`Docker answered ${status} to ${nameOf(call)}: ${readMessage(text)}`, status);
  } catch (error) {
    if (error instanceof DockerError) throw error;
    throw explain(call, error, late.signal.aborted);
  } finally {
    clearTimeout(timer);
  }
}

function open(call: Call, signal: AbortSignal): Promise<IncomingMessage> {
  const { socketPath, method, path } = call;
  const body = call.body === undefined ? '' : JSON.stringify(call.body);
  const headers: Record<string, string> = { host: 'docker' };
  if (body) {
    headers['content-type'] = 'application/json';
    headers['content-length'] = String(Buffer.byteLength(body));
  }
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method, path, headers, signal, agent: false }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
}

async function readText(response: IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) {
    text += chunk;
    if (text.length > MAX_REPLY_CHARS)
      throw new Error(`the answer is longer than ${MAX_REPLY_CHARS} characters`);
  }
  return text;
}

function readMessage(text: string): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    if (typeof message === 'string') return message;
  } catch {
    // Not every proxy in front of Docker answers in JSON.
  }
  return text.trim().slice(0, 200) || '(no message)';
}

function explain(call: Call, error: unknown, late: boolean): DockerError {
  // Without the call's name: an outage is one trouble, whichever call meets it first.
  const what = `Docker does not answer at ${call.socketPath}`;
  return new DockerError(late ? `${what} within ${call.timeoutMs} ms` : `${what}: ${messageOf(error)}`);
}

/** The call without its query, which says nothing to a reader of the log. */
function nameOf(call: Call): string {
  return `${call.method} ${call.path.split('?')[0]}`;
}
