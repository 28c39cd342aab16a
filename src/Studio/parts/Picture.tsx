import { useState } from 'preact/hooks'
import type { Picture as PictureOf } from '../api/types.ts'
import { addressFor } from './pictures.ts'

interface PictureProps {
  picture: PictureOf
  alt: string
  /** The whole picture instead of the thumbnail. */
  isWhole?: boolean
}

/** A picture of a job. A picture that could not be decoded has no thumbnail; then the picture itself is shown. */
export function Picture({ picture, alt, isWhole = false }: PictureProps) {
  const [hasThumbnail, setHasThumbnail] = useState(true)
  const url = isWhole || !hasThumbnail ? picture.url : `${picture.url}/thumbnail`
  const address = addressFor(url)
  return (
    <img
      class={address ? 'picture' : 'picture picture-empty'}
      src={address}
      alt={alt}
      width={picture.width}
      height={picture.height}
      loading="lazy"
      decoding="async"
      onError={() => setHasThumbnail(false)}
    />
  )
}
