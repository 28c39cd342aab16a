import gifenc from 'gifenc'
import { PNG } from 'pngjs'

export interface Frame {
  png: Buffer
  /** How long it is shown, in milliseconds. */
  delay: number
}

/** An animation of screenshots. Frames that look the same are shown longer instead of being stored again. */
export function gifOf(frames: readonly Frame[]): Uint8Array {
  const { applyPalette, GIFEncoder, quantize } = gifenc
  const gif = GIFEncoder()
  const distinct: Frame[] = []
  for (const frame of frames) {
    const last = distinct.at(-1)
    if (last?.png.equals(frame.png)) last.delay += frame.delay
    else distinct.push({ ...frame })
  }
  for (const { png, delay } of distinct) {
    const { data, width, height } = PNG.sync.read(png)
    const palette = quantize(data, 128)
    gif.writeFrame(applyPalette(data, palette), width, height, { palette, delay })
  }
  gif.finish()
  return gif.bytes()
}
