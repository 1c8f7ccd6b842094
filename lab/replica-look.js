/** As many colours as can be told apart at a glance, with any colour vision; style/theme.css holds them. */
const COLOURS = 8;

/**
 * The classes that colour what belongs to a replica. From the ninth on, colours come again, with stripes; the number
 * or letter that stands there too is never the same twice.
 *
 * @param {number} slot from 0
 */
export function lookOf(slot) {
  return `slot-${slot % COLOURS}${slot < COLOURS ? '' : ' striped'}`;
}
