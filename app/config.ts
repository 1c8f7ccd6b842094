/** What the environment may set; the names are those of docker-compose.yml. */
export type Config = {
  /** Sums that may be in flight at once; one more is refused with 503. */
  readonly maxSums: number;
  /** How long a stopping server lets what is in flight go on, in seconds. */
  readonly drainSeconds: number;
};

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Environment = Readonly<Record<string, string | undefined>>;

// biome-ignore lint/style/noProcessEnv: the one place configuration is read
export function readConfig(environment: Environment = process.env): Config {
  return {
    maxSums: wholeNumber(environment, 'PERCORE_MAX_SUMS', { from: 1, to: 1000, otherwise: 16 }),
    drainSeconds: wholeNumber(environment, 'PERCORE_DRAIN_SECONDS', { from: 0, to: 3600, otherwise: 25 }),
  };
}

/** An empty value counts as unset, since Compose passes `${NAME:-}` on as an empty string. */
function wholeNumber(
  environment: Environment,
  name: string,
  { from, to, otherwise }: { from: number; to: number; otherwise: number },
): number {
  const text = environment[name]?.trim() ?? '';
  if (text === '') return otherwise;
  const value = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= from && value <= to) return value;
  throw new ConfigError(
    `${name} must be a whole number from ${from} to ${to}, but is ${JSON.stringify(text)}: ` +
      `set it to such a number, or leave it out for ${otherwise}.`,
  );
}
