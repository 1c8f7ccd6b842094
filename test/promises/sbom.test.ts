import { expect } from 'vitest';
import { describeImage } from '../../setup/sbom/describe-image.ts';
import { listImages } from '../../setup/sbom/list-images.ts';
import { promise } from './promise.ts';

promise(
  '5 Least privilege',
  'Of every image there is a list of what it is made of (npm run sbom)',
  async ({ measured }) => {
    const expected: Record<string, string[]> = {
      'percore-app:0.1.0': ['node', 'express', 'valibot', 'libc6'],
      'percore-pinner:0.1.0': ['node', 'valibot', 'libc6'],
      'percore-baseline:0.1.0': ['node', 'express', 'libc6'],
      'percore-nginx:0.1.0': ['nginx', 'bash', 'libc6'],
      'percore-gate:0.1.0': ['nginx', 'bash', 'libc6'],
    };
    const images = await listImages();
    expect(images.map(({ image }) => image).toSorted()).toEqual(Object.keys(expected).toSorted());
    for (const image of images) {
      const { components } = JSON.parse(await describeImage(image)) as {
        components: { name: string; version: string; purl: string }[];
      };
      const names = components.map(({ name }) => name);
      expect(names, image.image).toEqual(expect.arrayContaining(expected[image.image] ?? []));
      for (const { version, purl } of components) {
        expect(version, purl).toMatch(/^\S*\d\S*$/);
        expect(purl).toMatch(/^pkg:(npm|deb|generic)\//);
      }
      measured(`${image.image.replace(/:.*/, '')}: ${components.length} parts`);
    }
  },
);
