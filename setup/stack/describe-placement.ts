import type { PlacementFile } from '../../placement/placement-file.ts';

/** The placement as a table, in order of replica: its number, container, core and the host's PID of its server. */
export function describePlacement(placement: PlacementFile): string {
  const rows = placement.replicas
    .toSorted((one, other) => one.replica - other.replica)
    .map(({ replica, container, core, pid }) => [
      `app-${replica}`,
      container.slice(0, 12),
      core === null ? 'none' : String(core),
      pid === null ? '-' : String(pid),
    ]);
  const table = [['REPLICA', 'CONTAINER', 'CORE', 'PID'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  // Words to the left, numbers to the right.
  const line = (row: string[]) =>
    row.map((cell, column) =>
      column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
  return table.map((row) => line(row).join('   ')).join('\n');
}

/** Three commands to try on the running stack. */
export function suggestCommands(url: string, replicas: number): readonly (readonly [string, string])[] {
  return [
    [`for i in $(seq ${replicas * 2}); do curl -sw '\\n' ${url}/pid; done`, 'round robin: every PID in turn'],
    ['npm run sticky ip_hash', 'one client, one replica; "npm run sticky off" ends it'],
    [
      `docker compose up -d --no-recreate --scale app=${replicas * 2}`,
      'more replicas than cores share them evenly',
    ],
  ];
}
