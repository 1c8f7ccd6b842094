// Holds a network, processes and mounts of their own, in which an engine can be started and ended without the machine
// noticing. It passes connections on from a UNIX socket, which both sides see, to an address in there, and
// ends, and with it all that runs in there, when whoever started it is gone.
//
// node hold-namespaces.ts <UNIX socket> <address> <port>
import { connect, createServer } from 'node:net';

const [, , socketPath, host, port] = process.argv;

process.stdin.resume().on('end', () => process.exit());

createServer((incoming) => {
  const outgoing = connect({ host, port: Number(port) });
  incoming.pipe(outgoing).pipe(incoming);
  incoming.on('error', () => outgoing.destroy());
  outgoing.on('error', () => incoming.destroy());
}).listen(socketPath, () => process.stdout.write('ready\n'));
