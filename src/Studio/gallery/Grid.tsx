import { useEffect } from 'preact/hooks'
import { Link } from '../parts/Link.tsx'
import { Picture } from '../parts/Picture.tsx'
import { placeWith } from '../parts/router.ts'
import { words } from '../words/words.ts'
import type { Tile } from './pages.ts'
import { useRows } from './useRows.ts'

// The next page is loaded when so few rows are left below.
const rowsAhead = 6

interface GridProps {
  tiles: readonly Tile[]
  onEnd: () => void
}

/** The pictures as squares. Only the visible rows are in the document. */
export function Grid({ tiles, onEnd }: GridProps) {
  const [rows, grid] = useRows(tiles.length)
  const lastRow = rows.visible.at(-1)?.index ?? -1
  const isNearEnd = tiles.length > 0 && lastRow >= Math.ceil(tiles.length / rows.columns) - rowsAhead
  useEffect(() => {
    if (isNearEnd) onEnd()
  }, [isNearEnd, tiles.length])
  const top = rows.visible[0]?.index ?? 0
  const first = top * rows.columns
  const end = (lastRow + 1) * rows.columns
  return (
    <div ref={grid} class="grid" style={{ height: `${rows.height}px` }}>
      <div class="grid-rows" style={{ '--columns': rows.columns, transform: `translateY(${top * rows.rowHeight}px)` }}>
        {tiles.slice(first, end).map((tile) => (
          <GridTile key={`${tile.job.id}/${tile.picture.index}`} tile={tile} />
        ))}
      </div>
    </div>
  )
}

function GridTile({ tile: { job, picture } }: { tile: Tile }) {
  return (
    <Link
      class="tile"
      to={placeWith({ job: job.id, picture: String(picture.index) })}
      label={words.value.job.picture(picture.index + 1, job.request.prompt)}
    >
      <Picture picture={picture} alt="" />
      <span class="tile-text" aria-hidden="true">
        {job.request.prompt}
      </span>
    </Link>
  )
}
