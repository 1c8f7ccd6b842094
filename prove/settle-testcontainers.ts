/** The settings that vitest.config.ts gives to the tests; Testcontainers takes them from the environment alone. */
export function settleTestcontainers(): void {
  // biome-ignore lint/style/noProcessEnv: the one place where they are set
  Object.assign(process.env, {
    TESTCONTAINERS_RYUK_DISABLED: 'true',
    TESTCONTAINERS_HOST_OVERRIDE: '127.0.0.1',
  });
}
