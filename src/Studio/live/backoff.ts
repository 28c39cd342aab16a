const longest = 10_000

/** How long to wait before the next try, in milliseconds: doubled with each failure, at random, so that many pages do not return at once. */
export const pauseAfter = (failures: number, random: () => number = Math.random): number =>
  Math.min(longest, 500 * 2 ** Math.min(failures - 1, 10)) * (0.5 + random() / 2)
