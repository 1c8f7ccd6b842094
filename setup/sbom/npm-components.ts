import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../config.ts';
import { SetupError } from '../setup-error.ts';
import type { Component } from './component.ts';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly license?: string }>>;
}

/** The line that esbuild writes above each module of a bundle, as far as its package. */
const MODULE = /^ *\/\/ (?:\.\.\/)*((?:node_modules\/(?:@[^/\n]+\/)?[^/\n]+\/)+)/gm;

/** The packages that are in a bundle of esbuild's, by their place in the lock file. */
export function findBundled(bundle: string): string[] {
  return [...new Set([...bundle.matchAll(MODULE)].map(([, place = '']) => place.slice(0, -1)))].toSorted();
}

/** The packages among the paths of an image's files, by their place in the lock file. */
export function findInstalled(paths: readonly string[]): string[] {
  const places = paths.map(
    (each) => /((?:node_modules\/(?:@[^/]+\/)?[^/]+\/)+)package\.json$/.exec(each)?.[1],
  );
  return [
    ...new Set(places.flatMap((place) => (place === undefined ? [] : [place.slice(0, -1)]))),
  ].toSorted();
}

/**
 * What the lock file says of packages.
 * @param places where they are in it, such as `node_modules/express`
 * @throws SetupError when one is not in it
 */
export function describeNpmPackages(places: readonly string[], lock: Lock = readLock()): Component[] {
  return places.map((place) => {
    const { version, license } = lock.packages[place] ?? {};
    if (version === undefined) {
      throw new SetupError(`${place} is in an image and not in package-lock.json: build the images anew.`);
    }
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return {
      type: 'library',
      name,
      version,
      purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
      ...(license === undefined ? {} : { licenses: [{ expression: license }] }),
    };
  });
}

function readLock(): Lock {
  return JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')) as Lock;
}
