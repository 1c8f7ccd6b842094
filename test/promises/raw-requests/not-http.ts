import { closes, type RawRequest } from './raw-request.ts';

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex').toString('latin1');

/** A TLS 1.2 ClientHello of two suites: the record, the handshake, the version, the random, the suites. */
const CLIENT_HELLO = bytes(`16 0301 002f 01 00002b 0303 ${'5a'.repeat(32)} 00 0004 1301 1302 0100`);

/** Other protocols' first bytes, and none. Each ends with a line or more than a line holds, so that there is an answer. */
export const notHttp: readonly RawRequest[] = [
  ['TLS', CLIENT_HELLO, closes(400)],
  ['TLS and a request', `${CLIENT_HELLO}GET /pid HTTP/1.1\r\nHost: localhost\r\n\r\n`, closes(400)],
  ['SSL 2', bytes('80 2e 01 0002 0015 0000 0010 010080 020080 030080'), closes(400)],
  ['SOCKS 4', bytes('04 01 0050 c0000201 00'), closes(400)],
  ['SOCKS 5', bytes('05 01 00'), closes(400)],
  [
    'the PROXY protocol',
    'PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\nGET /pid HTTP/1.1\r\nHost: a\r\n\r\n',
    closes(400),
  ],
  ['the PROXY protocol 2', bytes('0d0a0d0a000d0a515549540a 20 00 0000'), closes(400)],
  ['SSH', 'SSH-2.0-OpenSSH_9.9\r\n', closes(400)],
  ['SMTP', 'EHLO localhost\r\n', closes(400)],
  ['FTP', 'USER anonymous\r\n', closes(400)],
  ['Redis', '*1\r\n$4\r\nPING\r\n', closes(400)],
  ['Redis, inline', 'PING\r\n', closes(400)],
  ['memcached', 'stats\r\n', closes(400)],
  ['PostgreSQL', bytes('00000008 04d2162f'), closes(400)],
  ['RDP', bytes('0300 0013 0ee0 0000 0000 0001 0008 0003 0000 00'), closes(400)],
  ['SMB', bytes('00000031 ff534d42 72000000'), closes(400)],
  ['MQTT', bytes('10 0c 0004 4d515454 04 02 003c 0000'), closes(400)],
  ['JSON-RPC', '{"jsonrpc":"2.0","method":"x","id":1}\r\n', closes(400)],
  ['an answer', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', closes(400)],
  ['NULs', '\0'.repeat(64), closes(400)],
  ['every byte', String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte)), closes(400)],
  ['the bytes above ASCII', '\xff'.repeat(64), closes(400)],
  ['a byte order mark', '\xef\xbb\xbfGET /pid HTTP/1.1\r\nHost: localhost\r\n\r\n', closes(400)],
  ['UTF-16', bytes('feff004700450054'), closes(400)],
  ['20,000 letters', 'A'.repeat(20_000), closes(414), closes(400)],
  ['a PNG', bytes('89504e470d0a1a0a0000000d49484452'), closes(400)],
  ['gzip', bytes('1f8b0800000000000003'), closes(400)],
  ['words', 'hello, is anybody there?\r\n\r\n', closes(400)],
];
