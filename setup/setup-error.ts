/** A failure that was foreseen: its message names the rule, the value and the fix, and is all that is shown. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}
