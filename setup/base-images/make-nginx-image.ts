import { run } from '../run-command.ts';
import { SetupError } from '../setup-error.ts';
import { makeDebianImage } from './make-debian-image.ts';
import { NGINX_SUITE } from './recipe.ts';

/** The number that the official image gives to the user `nginx`. */
const USER = 101;

/** Makes the equivalent of the official Nginx image from Debian's packages. */
export async function makeNginxImage(
  tag: string,
  recipe: string,
  mirror: Parameters<typeof makeDebianImage>[1],
): Promise<void> {
  await makeDebianImage(
    {
      tag,
      suite: NGINX_SUITE,
      packages: ['nginx', 'libnginx-mod-stream'],
      overlay: null,
      commands: [
        `chroot "$1" groupadd --system --gid ${USER} nginx`,
        `chroot "$1" useradd --system --uid ${USER} --gid ${USER} --no-create-home --shell /usr/sbin/nologin nginx`,
        // Debian's site listens on port 80, and no configuration of ours includes it.
        'rm -rf "$1/etc/nginx/sites-enabled" "$1/etc/nginx/sites-available" "$1/var/www"',
      ],
      changes: ['CMD ["nginx", "-g", "daemon off;"]', 'STOPSIGNAL SIGQUIT'],
      recipe,
    },
    mirror,
  );
  const version = await run('sh', ['-c', `docker run --rm --network none ${tag} nginx -v 2>&1`]);
  const [, major = '0', minor = '0'] = /nginx\/(\d+)\.(\d+)/.exec(version) ?? [];
  if (Number(major) > 1 || Number(minor) >= 30) return;
  throw new SetupError(
    `Nginx must be 1.30 or newer, and Debian ${NGINX_SUITE} on ${mirror.uri} has ${version}.`,
  );
}
