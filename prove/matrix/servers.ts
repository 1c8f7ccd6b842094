import type { Mode } from '../../test/stack/choose-ports.ts';
import { REPLICAS, WORKERS } from '../open-stage.ts';

/** A column of the matrix. */
export interface Server {
  readonly mode: Mode;
  readonly name: string;
  /** Its published port, unless told otherwise. */
  readonly port: number;
  /** How many processes there are to answer. */
  readonly processes: number;
}

export const SERVERS: readonly Server[] = [
  { mode: 'cluster', name: 'cluster', port: 8090, processes: WORKERS },
  { mode: 'round_robin', name: 'round robin', port: 8081, processes: REPLICAS },
  { mode: 'least_conn', name: 'least_conn', port: 8082, processes: REPLICAS },
  { mode: 'ip_hash', name: 'ip_hash', port: 8083, processes: REPLICAS },
  { mode: 'cookie', name: 'sticky cookie', port: 8084, processes: REPLICAS },
  { mode: 'per_connection', name: 'per connection', port: 8085, processes: REPLICAS },
];
