import { expect, test } from 'vitest';
import { SetupError } from '../setup-error.ts';
import { countReplicas } from './count-replicas.ts';

test.each([
  [{ replicas: null, cores: '' }, 8, 8],
  [{ replicas: 3, cores: '' }, 8, 3],
  [{ replicas: 3, cores: '1-7' }, 8, 3],
  [{ replicas: null, cores: '1-7' }, 8, 7],
  [{ replicas: null, cores: '0-63' }, 8, 8],
])('%j on %i CPUs is %i', (config, cpus, count) => {
  expect(countReplicas(config, cpus)).toBe(count);
});

test('a list that is none is refused by name', () => {
  expect(() => countReplicas({ replicas: null, cores: 'all' }, 2)).toThrow(SetupError);
  expect(() => countReplicas({ replicas: null, cores: 'all' }, 2)).toThrow(/PERCORE_CORES.*"all"/);
});
