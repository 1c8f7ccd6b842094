import { run } from '../run-command.ts';
import { type Component, inOrder } from './component.ts';
import { describeDebianPackages, describeLibraries } from './debian-components.ts';
import { describeNpmPackages, findBundled, findInstalled } from './npm-components.ts';

export interface ImageToDescribe {
  readonly image: string;
  /** What it was built from: the packages of the libraries that were copied out of it. */
  readonly base: string;
}

/** What an image is made of, in CycloneDX 1.6, from the image itself: the same image gives the same text. */
export async function describeImage({ image, base }: ImageToDescribe): Promise<string> {
  const components = inOrder(await findComponents(image, base));
  const [name = image, version = ''] = image.split(':');
  const id = (await run('docker', ['image', 'inspect', '--format', '{{.Id}}', image])).trim();
  const root = { type: 'container', 'bom-ref': image, name, version };
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { ...root, properties: [{ name: 'percore:image-id', value: id }] } },
    components: components.map((component) => ({ 'bom-ref': component.purl, ...component })),
    dependencies: [{ ref: image, dependsOn: components.map(({ purl }) => purl) }],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

async function findComponents(image: string, base: string): Promise<Component[]> {
  const container = (await run('docker', ['create', '--network', 'none', image, 'none'])).trim();
  try {
    const listing = 'docker export "$1" | tar --list';
    const files = (await run('sh', ['-c', listing, 'sh', container])).split('\n');
    if (files.includes('var/lib/dpkg/status')) return await describeDebianPackages(image);
    const bundles = files.filter((file) => /^app\/.*\.[cm]js$/.test(file) && !file.includes('node_modules'));
    const texts = await Promise.all(
      bundles.map((file) =>
        run('sh', ['-c', 'docker cp "$1" - | tar --extract --to-stdout', 'sh', `${container}:/${file}`]),
      ),
    );
    const places = [...texts.flatMap(findBundled), ...findInstalled(files)];
    const libraries = files
      .filter((file) => /\.so(\.\d+)*$/.test(file))
      .map((file) => file.replace(/.*\//, ''));
    return [
      await describeNode(image),
      ...describeNpmPackages(places),
      ...(await describeLibraries(base, libraries)),
    ];
  } finally {
    await run('docker', ['rm', container]);
  }
}

async function describeNode(image: string): Promise<Component> {
  const node = '/usr/local/bin/node';
  const args = ['run', '--rm', '--network', 'none', '--entrypoint', node, image, '--version'];
  const version = (await run('docker', args)).trim().slice(1);
  return { type: 'platform', name: 'node', version, purl: `pkg:generic/node@${version}` };
}
