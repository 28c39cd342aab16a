export interface SizeRange {
  min: number
  max: number
}

const ratios: readonly [number, number][] = [
  [1, 1],
  [4, 3],
  [3, 4],
  [3, 2],
  [2, 3],
  [16, 9],
  [9, 16],
]

// Models work on blocks of pixels, so sides are multiples of this.
const step = 64

// The area that most models were trained on: about a megapixel.
const usualArea = 1024 * 1024

/** Sizes to choose from: each ratio with about a megapixel, or as large as the model allows, and the largest square. */
export function sizesFor(range: SizeRange | undefined): string[] {
  const { min, max } = range ?? { min: 64, max: 1664 }
  const sizes = ratios.map(([width, height]) => sizeOf(width / height, min, max))
  const largest = `${floor(max)}x${floor(max)}`
  return [...new Set([...sizes, largest])]
}

/** The sides of a size such as "1024x768"; undefined if it is none. */
export function sidesOf(size: string): [number, number] | undefined {
  const match = /^(\d{1,5})x(\d{1,5})$/.exec(size)
  return match ? [Number(match[1]), Number(match[2])] : undefined
}

/** Whether a size is outside the documented range. */
export function isOutside(size: string, range: SizeRange | undefined): boolean {
  const sides = sidesOf(size)
  return !!sides && !!range && sides.some((side) => side < range.min || side > range.max)
}

function sizeOf(ratio: number, min: number, max: number): string {
  const width = Math.sqrt(usualArea * ratio)
  const shrink = Math.min(1, max / Math.max(width, width / ratio))
  const side = (length: number) => Math.max(Math.ceil(min / step) * step, Math.min(floor(max), Math.round((length * shrink) / step) * step))
  return `${side(width)}x${side(width / ratio)}`
}

const floor = (length: number): number => Math.floor(length / step) * step
