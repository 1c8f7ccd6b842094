/** Where the volumes stand in every container. */
export const SOCKET_DIR = '/run/percore/sockets';
export const PLACEMENT_DIR = '/run/percore/placement';
export const PLACEMENT_FILE = `${PLACEMENT_DIR}/placement.json`;
export const REPLICAS_CONF = `${PLACEMENT_DIR}/replicas.conf`;

/** A container's socket carries its short id: a name Docker gave, which no app container can choose. */
export function socketPath(containerId: string): string {
  return `${SOCKET_DIR}/${containerId.slice(0, 12)}.sock`;
}
