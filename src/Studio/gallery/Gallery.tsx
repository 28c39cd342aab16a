import { useEffect, useMemo } from 'preact/hooks'
import { place } from '../parts/router.ts'
import { words } from '../words/words.ts'
import { filterNames, filterOf } from './filter.ts'
import { Filters } from './Filters.tsx'
import { Grid } from './Grid.tsx'
import { Pages } from './pages.ts'

/** All pictures, the newest first. The filter is in the address. */
export function Gallery() {
  const { query } = place.value
  const filter = filterOf(query)
  const address = JSON.stringify(filter)
  const pages = useMemo(() => new Pages(filter), [address])
  useEffect(() => void pages.more(), [pages])
  const { gallery: say, loading, loadMore } = words.value
  const count = pages.tiles.value.length
  const isFiltered = filterNames.some((name) => query.has(name))
  return (
    <section class="gallery" aria-labelledby="gallery-title">
      <header class="view-head">
        <h1 id="gallery-title">{say.title}</h1>
        <p class="quiet" role="status">
          {say.count(count, !pages.isComplete.value)}
        </p>
      </header>
      <Filters />
      <Grid tiles={pages.tiles.value} onEnd={() => void pages.more()} />
      <footer class="gallery-foot">
        {pages.isLoading.value && <p class="quiet">{loading}</p>}
        {!pages.isLoading.value && !pages.isComplete.value && (
          <button type="button" class="button" onClick={() => void pages.more()}>
            {loadMore}
          </button>
        )}
        {pages.isComplete.value && <p class="quiet">{count > 0 ? say.all : isFiltered ? say.none : say.empty}</p>}
      </footer>
    </section>
  )
}
