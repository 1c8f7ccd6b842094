import { join } from 'node:path';

/** The document that holds the matrix. */
export const DOCUMENT = join(import.meta.dirname, '../../docs/stickiness.md');
