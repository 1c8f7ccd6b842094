/**
 * The control: the tutorial's server, written anew from its description. One worker for each core, started again when it
 * dies, three routes, a plain loop. It is what percore is compared with, so it is kept as a reader of the tutorial has it:
 * inexact above 2^53, and deaf while it sums.
 */
import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import express from 'express';

const PORT = 8090;
const CAP = 5_000_000_000;

if (cluster.isPrimary) {
  for (let core = 0; core < availableParallelism(); core += 1) cluster.fork();
  cluster.on('exit', (worker) => {
    console.log(`worker ${worker.process.pid} died`);
    cluster.fork();
  });
} else {
  const app = express();

  // A page on another port may read the answers only where they allow it. Off otherwise: it costs each request a little.
  if (process.argv.includes('--cors')) {
    app.use((_request, response, next) => {
      response.set({ 'Access-Control-Allow-Origin': '*', 'Timing-Allow-Origin': '*' });
      next();
    });
  }

  app.get('/', (_request, response) => {
    response.send('Hello World!');
  });

  app.get('/pid', (_request, response) => {
    response.send(`Which PID handled this process: ${process.pid}`);
  });

  app.get('/api/:n', (request, response) => {
    let n = Number.parseInt(request.params.n, 10);
    let count = 0;
    if (n > CAP) n = CAP;
    for (let i = 0; i <= n; i += 1) count += i;
    response.send(`Final count is ${count} at pid: ${process.pid}`);
  });

  app.listen(PORT);
}
