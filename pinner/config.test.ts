import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const available = [0, 1, 2, 3];

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(available, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('has a default for all but the project', () => {
    expect(readConfig(available, { PERCORE_PROJECT: 'percore' })).toEqual({
      project: 'percore',
      service: 'app',
      cores: null,
      allowUnpinned: false,
      resyncMs: 5000,
      dockerSocket: '/run/percore/gate/docker.sock',
    });
  });

  it('takes an empty variable for an unset one', () => {
    const env = {
      PERCORE_PROJECT: 'p',
      PERCORE_CORES: '',
      PERCORE_RESYNC_SECONDS: '',
      PERCORE_ALLOW_UNPINNED: '',
    };
    expect(readConfig(available, env)).toMatchObject({ cores: null, resyncMs: 5000, allowUnpinned: false });
  });

  it('reads every variable', () => {
    const env = {
      PERCORE_PROJECT: 'lab-2',
      PERCORE_SERVICE: 'web',
      PERCORE_CORES: '1-3',
      PERCORE_ALLOW_UNPINNED: 'true',
      PERCORE_RESYNC_SECONDS: '3600',
      PERCORE_DOCKER_SOCKET: '/var/run/docker.sock',
    };
    expect(readConfig(available, env)).toEqual({
      project: 'lab-2',
      service: 'web',
      cores: [1, 2, 3],
      allowUnpinned: true,
      resyncMs: 3_600_000,
      dockerSocket: '/var/run/docker.sock',
    });
  });

  it('collects every fault, one line each', () => {
    const faults = faultsOf({
      PERCORE_PROJECT: 'Bad Name',
      PERCORE_SERVICE: 'a b',
      PERCORE_CORES: 'x',
      PERCORE_ALLOW_UNPINNED: 'yes',
      PERCORE_RESYNC_SECONDS: '0',
      PERCORE_DOCKER_SOCKET: 'docker.sock',
    });
    expect(faults.map((line) => line.split(' ')[0])).toEqual([
      'PERCORE_PROJECT',
      'PERCORE_SERVICE',
      'PERCORE_ALLOW_UNPINNED',
      'PERCORE_RESYNC_SECONDS',
      'PERCORE_DOCKER_SOCKET',
      'PERCORE_CORES',
    ]);
    expect(faults.join('')).not.toContain('\n');
  });

  it.each(['0', '3601', '1.5', '-1', '1e3', '5s'])('refuses a resync of %j', (seconds) => {
    expect(faultsOf({ PERCORE_PROJECT: 'p', PERCORE_RESYNC_SECONDS: seconds })).toHaveLength(1);
  });

  it('names a configured core that is not available', () => {
    expect(faultsOf({ PERCORE_PROJECT: 'p', PERCORE_CORES: '2-5' })).toEqual([
      'PERCORE_CORES must name cores that containers can get here (0-3), but "2-5" has 4-5: ' +
        'take it out, or leave the variable empty for all of them.',
    ]);
  });
});
