/** The first Compose that does all that docker-compose.yml asks for (`start_interval` in a healthcheck). */
export const OLDEST_COMPOSE = [2, 20] as const;

/** Whether Compose's version, as `docker compose version --short` prints it, is new enough. */
export function isComposeNewEnough(text: string): boolean {
  const match = /^v?(\d+)\.(\d+)/.exec(text.trim());
  if (match === null) return false;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  return major > OLDEST_COMPOSE[0] || (major === OLDEST_COMPOSE[0] && minor >= OLDEST_COMPOSE[1]);
}

/** The first engine that knows `start_interval`. */
export const OLDEST_ENGINE = 25;

/** Whether the engine's version, such as `26.1.5+dfsg1`, is new enough. */
export function isEngineNewEnough(text: string): boolean {
  return Number.parseInt(text, 10) >= OLDEST_ENGINE;
}
