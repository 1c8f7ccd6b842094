/** A part of an image, in the words of CycloneDX 1.6. */
export interface Component {
  readonly type: 'library' | 'platform';
  readonly name: string;
  readonly version: string;
  /** A package URL: where a scanner of vulnerabilities looks it up. */
  readonly purl: string;
  readonly licenses?: readonly { readonly expression: string }[];
}

/** In the order of their package URLs, each once. */
export function inOrder(components: readonly Component[]): Component[] {
  const byPurl = new Map(components.map((component) => [component.purl, component]));
  return [...byPurl.values()].toSorted((one, other) => (one.purl < other.purl ? -1 : 1));
}
