/** A failure that was foreseen: its message is all that is shown. */
export class Expected extends Error {}
