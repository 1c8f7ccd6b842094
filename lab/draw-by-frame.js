/**
 * Draws at most once a frame, however many arrivals there are, and hands over those that have not been drawn yet.
 *
 * @template T
 * @param {(all: readonly T[], fresh: readonly T[]) => void} draw
 */
export function drawByFrame(draw) {
  /** @type {readonly T[]} */
  let all = [];
  let drawn = 0;
  let frame = 0;
  const flush = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    if (drawn === all.length) return;
    const fresh = all.slice(drawn);
    drawn = all.length;
    draw(all, fresh);
  };
  return {
    /** @param {readonly T[]} latest a list that only grows */
    push(latest) {
      all = latest;
      frame ||= requestAnimationFrame(flush);
    },
    /** Draws what is left: a page that nobody looks at has no frames. */
    flush,
  };
}
