/** A day in China, where ModelScope's days begin. */
export const chinaDay = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)

/** The last days up to today, the oldest first. */
export function lastDays(count: number, now: Date): string[] {
  return Array.from({ length: count }, (_, at) => chinaDay(new Date(now.getTime() - (count - 1 - at) * 86_400_000)))
}

/** A round number at or above `value`, for the top of an axis. */
export function roundUp(value: number): number {
  if (value <= 4) return 4
  const power = 10 ** Math.floor(Math.log10(value))
  const steps = [1, 2, 4, 5, 8, 10]
  return steps.find((step) => step * power >= value)! * power
}
