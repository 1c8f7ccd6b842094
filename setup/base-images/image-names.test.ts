import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../config.ts';
import { IMAGE_VARIABLES, OFFICIAL } from './image-names.ts';

const compose = readFileSync(path.join(ROOT, 'docker-compose.yml'), 'utf8');

test.each(['node', 'nginx', 'k6'] as const)('docker-compose.yml falls back on the same %s image', (kind) => {
  const defaults = compose.matchAll(new RegExp(`\\$\\{${IMAGE_VARIABLES[kind]}:-([^}]+)\\}`, 'g'));
  const names = new Set([...defaults].map((match) => match[1]));
  expect([...names]).toEqual([OFFICIAL[kind]]);
});
