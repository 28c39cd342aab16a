/** The part of gifenc that is used here. The package has no types of its own. */
declare module 'gifenc' {
  type Palette = number[][]

  interface Encoder {
    writeFrame(pixels: Uint8Array, width: number, height: number, options: { palette: Palette; delay: number }): void
    finish(): void
    bytes(): Uint8Array
  }

  /** It is a CommonJS module, so Node.js gives it as one value. */
  const gifenc: {
    GIFEncoder(): Encoder
    quantize(rgba: Uint8Array, colours: number): Palette
    applyPalette(rgba: Uint8Array, palette: Palette): Uint8Array
  }
  export default gifenc
}
