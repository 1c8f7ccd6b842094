const BEGIN = '<!-- matrix:begin -->';
const END = '<!-- matrix:end -->';

/**
 * Gives the document with other text between the markers.
 * @throws Error when it has not just one pair of them
 */
export function putBetweenMarkers(document: string, text: string): string {
  const [before, between, ...more] = document.split(BEGIN);
  const [, after, ...evenMore] = between?.split(END) ?? [];
  if (before === undefined || after === undefined || more.length + evenMore.length > 0) {
    throw new Error(`The document must hold ${BEGIN} and, after it, ${END}, once each.`);
  }
  return `${before}${BEGIN}\n${text}\n${END}${after}`;
}
