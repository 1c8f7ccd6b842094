/** What the images of the stack are built on, and the load is run with. */
export type BaseImage = 'node' | 'nginx' | 'k6';

/** The official images: the same names are the defaults in the Dockerfiles and in docker-compose.yml. */
export const OFFICIAL: Record<BaseImage, string> = {
  node: 'node:26.10.0-trixie-slim',
  nginx: 'nginx:1.30.6',
  k6: 'grafana/k6:1.8.1',
};

/** The equivalents built here where no registry answers. */
export const EQUIVALENT: Record<BaseImage, string> = {
  node: 'percore-base/node:26',
  nginx: 'percore-base/nginx:1.30',
  k6: 'percore-base/k6:1.8.1',
};

/** What Compose reads the choice from. */
export const IMAGE_VARIABLES: Record<BaseImage, string> = {
  node: 'PERCORE_NODE_IMAGE',
  nginx: 'PERCORE_NGINX_IMAGE',
  k6: 'PERCORE_K6_IMAGE',
};
