/** What is loaded: one or more containers that answer on one network of their own. */
export interface Server {
  /** The container whose network the load shares, so that its target is loopback. */
  readonly network: string;
  /** All of its containers, as they are now. */
  containers(): Promise<readonly string[]>;
  /** Starts its servers anew, and waits until they answer. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A way to use a server. */
export interface Contender {
  readonly name: ContenderName;
  readonly server: Server;
  /** Where it answers, in its own network. */
  readonly url: string;
  /** Sends each request as from another client (`X-Forwarded-For`). */
  readonly spreadsAddresses?: boolean;
}

export const CONTENDERS = {
  'round-robin': 'percore, round robin',
  'least-conn': 'percore, least_conn',
  'ip-hash': 'percore, ip_hash, spread addresses',
  'per-connection': 'percore, per connection',
  'tutorial-loop': "percore with the tutorial's loop, least_conn",
  cluster: "the tutorial's cluster",
  pm2: 'PM2, cluster mode',
  single: 'a single process',
} as const;

export type ContenderName = keyof typeof CONTENDERS;
