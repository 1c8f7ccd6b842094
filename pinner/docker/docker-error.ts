/**
 * A call to Docker that did not work out.
 * `status` is Docker's HTTP status, or null when there was no (whole) answer: no connection, a timeout, an answer
 * of an unknown form.
 */
export class DockerError extends Error {
  override readonly name = 'DockerError';
  readonly status: number | null;
  constructor(message: string, status: number | null = null) {
    super(message);
    this.status = status;
  }
}

/** What was thrown, in words. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
