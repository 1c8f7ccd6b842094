/** A call to Docker: its name in the test's output, and the bytes of the request. */
export type Call = readonly [name: string, bytes: string];

const HEADERS = 'Host: docker\r\nConnection: close\r\n';
const PINNED = '{"CpusetCpus":"0"}';

/** A request that is well-formed unless its line is not; one character is one byte. */
export function call(line: string, headers: string[] = [], body = ''): string {
  const length = body === '' ? '' : `Content-Length: ${body.length}\r\n`;
  return `${line}\r\n${HEADERS}${headers.map((header) => `${header}\r\n`).join('')}${length}\r\n${body}`;
}

/** An update of a container with this body. */
export function update(id: string, body: string, headers: string[] = []): string {
  return call(`POST /v1.44/containers/${id}/update HTTP/1.1`, headers, body);
}

/** What Docker's API offers beside the calls that pass, as `METHOD path`; `:id` is a container's. */
const OTHER_CALLS = [
  'POST /containers/create',
  'POST /containers/create?name=x',
  ...['start', 'stop', 'restart', 'kill', 'rename?name=x', 'pause', 'unpause'].map(
    (verb) => `POST /containers/:id/${verb}`,
  ),
  ...['attach', 'wait', 'resize?h=1&w=1', 'exec'].map((verb) => `POST /containers/:id/${verb}`),
  ...['logs?stdout=1', 'top', 'stats', 'changes', 'export', 'attach/ws'].map(
    (noun) => `GET /containers/:id/${noun}`,
  ),
  ...['GET', 'HEAD', 'PUT'].map((method) => `${method} /containers/:id/archive?path=/etc/shadow`),
  'POST /containers/:id/copy',
  'DELETE /containers/:id?force=1',
  'POST /containers/prune',
  'GET /containers/:id',
  'POST /exec/:id/start',
  'GET /exec/:id/json',
  ...['GET /images/json', 'POST /images/create?fromImage=x', 'POST /images/load', 'DELETE /images/x'],
  ...['GET /images/get?names=x', 'POST /images/x/push', 'POST /images/prune', 'GET /images/search?term=x'],
  ...['POST /build', 'POST /build/prune', 'POST /commit?container=x'],
  ...['GET /volumes', 'POST /volumes/create', 'DELETE /volumes/x', 'POST /volumes/prune'],
  ...['GET /networks', 'POST /networks/create', 'POST /networks/x/connect', 'DELETE /networks/x'],
  ...['GET /secrets', 'POST /secrets/create', 'GET /configs', 'GET /nodes', 'GET /services', 'GET /tasks'],
  ...['GET /swarm', 'POST /swarm/init', 'POST /swarm/join', 'GET /swarm/unlockkey'],
  ...['GET /plugins', 'POST /plugins/pull?remote=x', 'POST /plugins/x/enable'],
  ...['GET /info', 'GET /version', 'GET /system/df', 'POST /auth', 'POST /session', 'POST /grpc'],
  'GET /distribution/x/json',
];

const OTHER_METHODS = ['HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'PROPFIND', 'LOCK', 'QUERY'];

/** Ways to write a call that passes so that something else might be made of it, as request lines. */
function trickLines(id: string): Call[] {
  const { length } = id;
  const paths: [string, string][] = [
    ['a dot segment', `/v1.44/containers/../containers/${id}/json`],
    ['a dot segment after what passes', `/v1.44/containers/${id}/json/../export`],
    ['one dot', `/v1.44/./containers/${id}/json`],
    ['an encoded dot segment', `/v1.44/containers/%2e%2e/images/json`],
    ['an encoded dot segment in capitals', `/v1.44/containers/%2E%2E/images/json`],
    ['an encoded slash', `/v1.44/containers%2f${id}/json`],
    ['a slash encoded twice', `/v1.44/containers/${id}%252fjson`],
    ['an encoded letter', `/v1.44/containers/${id}/jso%6e`],
    ['an encoded digit of the id', `/v1.44/containers/${id.slice(1)}%30/json`],
    ['a double slash', `/v1.44//containers/${id}/json`],
    ['a double slash in front', `//v1.44/containers/json`],
    ['a backslash', `/v1.44\\containers\\json`],
    ['a trailing slash', `/v1.44/containers/${id}/json/`],
    ['a trailing slash of the list', '/v1.44/containers/json/'],
    ['a trailing dot', '/v1.44/containers/json.'],
    ['a path parameter', '/v1.44/containers/json;x=1'],
    ['a fragment', `/v1.44/containers/${id}/json#x`],
    ['a fragment of the list', '/v1.44/containers/json#/../../images/json'],
    ['a query where none is', `/v1.44/containers/${id}/json?size=1`],
    ['a second question mark', '/v1.44/containers/json?a=1?b=2'],
    ['a slash in the query', '/v1.44/containers/json?a=/../images'],
    ['a short id', `/v1.44/containers/${id.slice(0, 12)}/json`],
    ['an id of 63 digits', `/v1.44/containers/${id.slice(1)}/json`],
    ['an id of 65 digits', `/v1.44/containers/${id}0/json`],
    ['an id in capitals', `/v1.44/containers/${'A'.repeat(length)}/json`],
    ['an id with a letter above f', `/v1.44/containers/${'g'.repeat(length)}/json`],
    ['a name', '/v1.44/containers/percore-gate-1/json'],
    ['two ids', `/v1.44/containers/${id}/${id}/json`],
    ['no version', `/containers/${id}/json`],
    ['no version of the list', '/containers/json'],
    ['a version of three numbers', '/v1.44.1/containers/json'],
    ['version 2', '/v2.0/containers/json'],
    ['a version of four digits', '/v1.4444/containers/json'],
    ['a version with a letter', '/v1.x/containers/json'],
    ['two versions', '/v1.44/v1.44/containers/json'],
    ['_ping with a version', '/v1.44/_ping'],
    ['_ping with a query', '/_ping?x'],
    ['_ping in capitals', '/_PING'],
    ['the list in capitals', '/v1.44/CONTAINERS/JSON'],
    ['an absolute URI', 'http://docker/v1.44/containers/json'],
    ['an absolute URI of another host', 'http://127.0.0.1:2375/v1.44/containers/json'],
    ['no slash in front', 'v1.44/containers/json'],
    ['only a star', '*'],
    ['an encoded NUL', '/v1.44/containers/json%00'],
    ['a NUL', '/v1.44/containers/json\0'],
    ['an encoded line break', '/v1.44/containers/json%0d%0aX: y'],
    ['a bare carriage return', '/v1.44/containers/json\rX'],
    ['a broken encoding', '/v1.44/containers/%zz/json'],
    ['a byte that is not ASCII', '/v1.44/containers/json\xff'],
    ['a tab', '/v1.44/containers/json\t'],
    ["the gate's own refusal", '/.refused'],
    ['9,000 letters', `/v1.44/${'a'.repeat(9000)}`],
  ];
  return paths.map(([name, path]) => [name, call(`GET ${path} HTTP/1.1`)]);
}

function trickRequests(id: string): Call[] {
  const list = 'GET /v1.44/containers/json';
  const create = 'POST /v1.44/containers/create HTTP/1.1';
  return [
    ['two spaces before the path', call('GET  /v1.44/containers/json HTTP/1.1')],
    ['two spaces after the path', call('GET /v1.44/containers/json  HTTP/1.1')],
    ['a tab after the method', call('GET\t/v1.44/containers/json HTTP/1.1')],
    ['a space before the method', call(' GET /v1.44/containers/json HTTP/1.1')],
    ['a method in small letters', call('get /v1.44/containers/json HTTP/1.1')],
    ['HTTP/0.9', `${list}\r\n`],
    ['HTTP/0.9 of another call', 'GET /v1.44/images/json\r\n'],
    ['HTTP/1.0', call(`${list} HTTP/1.0`)],
    ['HTTP/1.2', call(`${list} HTTP/1.2`)],
    ['HTTP/2.0', call(`${list} HTTP/2.0`)],
    ["HTTP/2's preface", 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a TLS greeting', '\x16\x03\x01\x00\x05\x01\x00\x00\x01\x00\r\n\r\n'],
    ['TRACE', call('TRACE /v1.44/containers/json HTTP/1.1')],
    ['CONNECT', call('CONNECT docker:2375 HTTP/1.1')],
    ['CONNECT with a path', call('CONNECT /v1.44/containers/json HTTP/1.1')],
    ['another method by a header', call(create, ['X-HTTP-Method-Override: GET'])],
    ['another path by a header', call(create, ['X-Original-URL: /_ping', 'X-Rewrite-URL: /_ping'])],
    ['an upgrade', call('POST /session HTTP/1.1', ['Upgrade: h2c', 'Connection: Upgrade'])],
    ['no Host', `${list} HTTP/1.1\r\nConnection: close\r\n\r\n`],
    ['a Host with a slash', `${list} HTTP/1.1\r\nHost: a/b\r\nConnection: close\r\n\r\n`],
    ['two Hosts', call(`${list} HTTP/1.1`, ['Host: other'])],
    ['a header of 9,000 letters', call('GET /_ping HTTP/1.1', [`X: ${'a'.repeat(9000)}`])],
    [
      'a length that is no number',
      call(`POST /v1.44/containers/${id}/update HTTP/1.1`, ['Content-Length: x']),
    ],
    [
      'two lengths',
      call(`POST /v1.44/containers/${id}/update HTTP/1.1`, ['Content-Length: 2', 'Content-Length: 3'], '{}'),
    ],
    [
      'a length and chunks',
      call(
        `POST /v1.44/containers/${id}/update HTTP/1.1`,
        ['Transfer-Encoding: chunked'],
        `12\r\n${PINNED}\r\n0\r\n\r\n`,
      ),
    ],
    [
      'chunks of no length',
      `${call(`POST /v1.44/containers/${id}/update HTTP/1.1`, ['Transfer-Encoding: chunked'])}zz\r\n`,
    ],
    ['the cores as a header', update(id, '{}', ['X-Cores: 0'])],
  ];
}

/** Bodies of an update that would change something else, or might. */
function trickBodies(id: string): Call[] {
  const bodies: [string, string][] = [
    ['no body', ''],
    ['nothing in it', '{}'],
    ['memory', '{"Memory":0}'],
    ['memory too', '{"CpusetCpus":"0","Memory":0}'],
    ['memory first', '{"Memory":0,"CpusetCpus":"0"}'],
    ['devices', '{"CpusetCpus":"0","Devices":[{"PathOnHost":"/dev/sda"}]}'],
    ['the restart policy', '{"RestartPolicy":{"Name":"always"}}'],
    ['the same key twice', '{"CpusetCpus":"0","CpusetCpus":"1"}'],
    ['the key in small letters', '{"cpusetcpus":"0"}'],
    ['the key with an escape', '{"Cpuset\\u0043pus":"0"}'],
    ['a value with an escape', '{"CpusetCpus":"\\u0030"}'],
    ['no cores', '{"CpusetCpus":""}'],
    ['a number', '{"CpusetCpus":0}'],
    ['letters', '{"CpusetCpus":"all"}'],
    ['a line break in the value', '{"CpusetCpus":"0\n"}'],
    ['300 digits', `{"CpusetCpus":"${'0'.repeat(300)}"}`],
    ['a list', '[{"CpusetCpus":"0"}]'],
    ['something behind it', '{"CpusetCpus":"0"}{"Memory":0}'],
    ['a NUL behind it', '{"CpusetCpus":"0"}\0'],
    ['a byte order mark', '\xef\xbb\xbf{"CpusetCpus":"0"}'],
    ['a comma too many', '{"CpusetCpus":"0",}'],
    ['two kilobytes', `{"CpusetCpus":"0"${' '.repeat(2000)}}`],
  ];
  return bodies.map(([name, body]) => [`update: ${name}`, update(id, body)]);
}

/** Every call that must not pass. */
export function forbiddenCalls(id: string): Call[] {
  const others = OTHER_CALLS.map((each) => {
    const [method, path = ''] = each.split(' ');
    return [each, call(`${method} /v1.44${path.replace(':id', id)} HTTP/1.1`)] as const;
  });
  const methods = OTHER_METHODS.flatMap((method) =>
    [`/v1.44/containers/${id}/json`, `/v1.44/containers/${id}/update`, '/_ping'].map(
      (path) => [`${method} ${path.replace(id, ':id')}`, call(`${method} ${path} HTTP/1.1`)] as const,
    ),
  );
  const swapped: Call[] = [
    ['POST of what is read', call(`POST /v1.44/containers/${id}/json HTTP/1.1`)],
    ['POST of the list', call('POST /v1.44/containers/json HTTP/1.1')],
    ['POST of the events', call('POST /v1.44/events HTTP/1.1')],
    ['GET of what is changed', call(`GET /v1.44/containers/${id}/update HTTP/1.1`)],
  ];
  return [...others, ...methods, ...swapped, ...trickLines(id), ...trickRequests(id), ...trickBodies(id)];
}
