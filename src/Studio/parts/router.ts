import { computed, signal } from '@preact/signals'

export const base = '/studio'

const here = signal(read())

export interface Place {
  /** The path within the page, such as "/gallery" or "/batches/ID". */
  path: string
  query: URLSearchParams
}

/** The current place. It is in the address, so a reload, a bookmark and the back button work. */
export const place = computed<Place>(() => {
  const [path = '/', query = ''] = here.value.split('?')
  return { path, query: new URLSearchParams(query) }
})

/** Goes to a place within the page. */
export function go(to: string, { replace = false } = {}): void {
  if (to === here.value) return
  history[replace ? 'replaceState' : 'pushState'](null, '', base + to)
  here.value = read()
}

/** The address of the current place with some query parameters changed; undefined removes a parameter. */
export function placeWith(changes: Record<string, string | undefined>): string {
  const { path, query } = place.value
  const changed = new URLSearchParams(query)
  for (const [name, value] of Object.entries(changes)) {
    if (value) changed.set(name, value)
    else changed.delete(name)
  }
  return changed.size > 0 ? `${path}?${changed}` : path
}

window.addEventListener('popstate', () => {
  here.value = read()
})

function read(): string {
  const path = location.pathname.slice(base.length).replace(/\/+$/, '') || '/'
  return path + location.search
}
