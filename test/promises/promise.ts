import { inject, test } from 'vitest';

/** What a promise's test measured, for docs/promises.md. */
export interface Figures {
  /** In the order of the page's sections. */
  readonly section: string;
  /** The sentence that stands in the table, and names the test. */
  readonly promise: string;
  /** In words, with units: "0 of 12,000 failed". */
  readonly measured: string[];
}

declare module 'vitest' {
  interface TaskMeta {
    figures?: Figures;
  }
  interface ProvidedContext {
    /** `npm run promises`, or the short forms that are part of `npm test`. */
    fullLength: boolean;
  }
}

export interface Keeping {
  readonly full: boolean;
  /** Notes a figure, with its unit: "0 of 12,000 requests failed". */
  measured(figure: string): void;
}

/** A test of something percore promises; what it measures goes into the table of docs/promises.md. */
export function promise(
  section: string,
  sentence: string,
  keep: (keeping: Keeping) => Promise<void>,
  timeout?: number,
): void {
  test(
    sentence,
    async ({ task }) => {
      const measured: string[] = [];
      task.meta.figures = { section, promise: sentence, measured };
      await keep({ full: inject('fullLength'), measured: (figure) => measured.push(figure) });
    },
    timeout,
  );
}
