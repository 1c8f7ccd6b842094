/**
 * Runs the tutorial's server as one plain process: `node --import ./without-cluster.ts cluster-server.ts`. That file
 * alone is told that it is a worker; Node itself knows that there is no cluster, and listens as usual.
 */
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === 'node:cluster' && context.parentURL?.endsWith('/cluster-server.ts')) {
      return { url: 'data:text/javascript,export default { isPrimary: false }', shortCircuit: true };
    }
    return nextResolve(specifier, context);
  },
});
