import { expect, test } from 'vitest';
import { describeNpmPackages, findBundled, findInstalled } from './npm-components.ts';

test('finds the packages of a bundle, nested and scoped ones too, each once', () => {
  const bundle = [
    '// ../node_modules/express/lib/express.js',
    '  // ../node_modules/express/index.js',
    '// node_modules/@scope/name/a.js',
    '// ../node_modules/a/node_modules/b/index.js',
    '// http/create-app.ts',
    'const text = "// ../node_modules/not/this.js";',
  ].join('\n');
  expect(findBundled(bundle)).toEqual([
    'node_modules/@scope/name',
    'node_modules/a/node_modules/b',
    'node_modules/express',
  ]);
});

test('finds the packages among files', () => {
  const files = [
    '/app/node_modules/qs/package.json',
    '/app/node_modules/qs/test/package.json',
    '/app/package.json',
    '/app/node_modules/@a/b/package.json',
  ];
  expect(findInstalled(files)).toEqual(['node_modules/@a/b', 'node_modules/qs']);
});

test('takes versions and licences from the lock file, and misses none', () => {
  const lock = { packages: { 'node_modules/@a/b': { version: '1.2.3', license: 'MIT' } } };
  expect(describeNpmPackages(['node_modules/@a/b'], lock)).toEqual([
    {
      type: 'library',
      name: '@a/b',
      version: '1.2.3',
      purl: 'pkg:npm/%40a/b@1.2.3',
      licenses: [{ expression: 'MIT' }],
    },
  ]);
  expect(() => describeNpmPackages(['node_modules/c'], lock)).toThrow('node_modules/c is in an image');
});
