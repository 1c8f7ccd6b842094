/** One line to standard error, where Docker's log collects it with a time of its own. */
export function log(line: string): void {
  process.stderr.write(`app: ${line}\n`);
}
