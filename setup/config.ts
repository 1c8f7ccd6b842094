import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { type BaseImage, IMAGE_VARIABLES } from './base-images/image-names.ts';
import { withoutOwnBlock } from './base-images/own-env-block.ts';
import { checkNginxFolder, checkVariables } from './check-variables.ts';
import { SetupError } from './setup-error.ts';

/** The repository's root: where docker-compose.yml stands. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

export interface Config {
  /** PERCORE_REPLICAS; null: one for each core. */
  readonly replicas: number | null;
  /** PERCORE_CORES, a CPU list such as `1-7`; empty: all. */
  readonly cores: string;
  /** False when PERCORE_INSTALL is `never`. */
  readonly mayInstall: boolean;
  /** Base images that the user has chosen; those are neither pulled nor built here. */
  readonly images: Partial<Record<BaseImage, string>>;
  /** A file of certificates which this machine's Node trusts, for programs inside the images it builds; null: none. */
  readonly certificates: string | null;
  /** The folder of sticky.conf. */
  readonly nginxDir: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration as Compose does: the environment first, then `.env`.
 * @throws SetupError when a value breaks its rule.
 */
export function readConfig(environment: Environment = shell(), dotEnv: string = readDotEnv()): Config {
  const written: Environment = parseEnv(withoutOwnBlock(dotEnv));
  const get = (name: string) => (environment[name] ?? written[name] ?? '').trim();
  checkVariables(get);
  const images: Partial<Record<BaseImage, string>> = {};
  for (const [kind, name] of Object.entries(IMAGE_VARIABLES) as [BaseImage, string][]) {
    if (get(name) !== '') images[kind] = get(name);
  }
  return {
    replicas: readReplicas(get('PERCORE_REPLICAS')),
    cores: get('PERCORE_CORES'),
    mayInstall: readInstall(get('PERCORE_INSTALL')),
    images,
    certificates: [get('NODE_EXTRA_CA_CERTS'), '/etc/ssl/certs/ca-certificates.crt'].find(isFile) ?? null,
    nginxDir: checkNginxFolder(path.resolve(ROOT, get('PERCORE_NGINX_DIR') || 'nginx')),
  };
}

function readReplicas(text: string): number | null {
  if (text === '') return null;
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new SetupError(
    `PERCORE_REPLICAS must be a whole number from 1 to 9999, but is ${JSON.stringify(text)}: leave it out for one per core.`,
  );
}

function readInstall(text: string): boolean {
  if (text === '') return true;
  if (text === 'never') return false;
  throw new SetupError(
    `PERCORE_INSTALL must be "never" or empty, but is ${JSON.stringify(text)}: leave it out, and what lacks is installed.`,
  );
}

function isFile(file: string): boolean {
  return file !== '' && existsSync(file);
}

function readDotEnv(): string {
  const file = path.join(ROOT, '.env');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** The environment as it is, to hand on to another program with additions. */
export function shell(): Environment {
  // biome-ignore lint/style/noProcessEnv: the one place configuration is read
  return process.env;
}
