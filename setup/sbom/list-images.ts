import { run } from '../run-command.ts';
import type { ImageToDescribe } from './describe-image.ts';

interface ComposeConfig {
  readonly services: Readonly<
    Record<
      string,
      { readonly image: string; readonly build?: { readonly args?: Readonly<Record<string, string>> } }
    >
  >;
}

/** The images that docker-compose.yml builds, and what each is built from on this machine. */
export async function listImages(): Promise<ImageToDescribe[]> {
  const text = await run('docker', ['compose', '--profile', '*', 'config', '--format', 'json']);
  const { services } = JSON.parse(text) as ComposeConfig;
  return Object.values(services).flatMap(({ image, build }) => {
    const base = build?.args?.NODE_IMAGE ?? build?.args?.NGINX_IMAGE;
    return base === undefined ? [] : [{ image, base }];
  });
}
