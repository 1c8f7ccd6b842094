// k6 has it, and its types do not: they leave it to a browser's.
declare const console: { log(line: string): void };
