/** A picture to change, as it is sent: a data: URL. */
export interface EditImage {
  name: string
  url: string
}

// A request may have 1 MiB. This leaves room for the rest of it.
const mostCharacters = 900_000
const longestSide = 1536

/** Reads a picture for the form, made small enough for a request with `count` of them. Rejects if the file is no picture. */
export async function readEditImage(file: Blob, name: string, count: number): Promise<EditImage> {
  const limit = mostCharacters / Math.max(1, count)
  const unchanged = await dataUrlOf(file)
  const bitmap = await createImageBitmap(file)
  try {
    if (unchanged.length <= limit && /^image\/(?:png|jpeg|webp)$/.test(file.type)) return { name, url: unchanged }
    for (let side = longestSide; side >= 256; side *= 0.8) {
      const url = scaled(bitmap, side)
      if (url.length <= limit) return { name, url }
    }
    throw new RangeError(name)
  } finally {
    bitmap.close()
  }
}

function scaled(bitmap: ImageBitmap, side: number): string {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const context = canvas.getContext('2d')!
  // JPEG has no transparency; without this it would become black.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  return canvas.toDataURL('image/jpeg', 0.9)
}

function dataUrlOf(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result as string)
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })
}
