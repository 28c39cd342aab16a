import { observeWindowOffset, observeWindowRect, Virtualizer, windowScroll, type VirtualItem } from '@tanstack/virtual-core'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

const gap = 10
const narrowest = 168

export interface Rows {
  columns: number
  /** The height of a row with the gap below it, in pixels. */
  rowHeight: number
  height: number
  visible: readonly VirtualItem[]
}

/**
 * Draws only the rows that can be seen, so that ten thousand pictures scroll as well as ten. Tiles are squares, so every row has the same
 * height.
 */
export function useRows(count: number): [Rows, { current: HTMLDivElement | null }] {
  const grid = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  const [, setRange] = useState('')
  const columns = Math.max(2, Math.floor((width + gap) / (narrowest + gap)))
  const side = Math.max(1, (width - gap * (columns - 1)) / columns)

  const options = {
    count: Math.ceil(count / columns),
    estimateSize: () => side + gap,
    getScrollElement: () => window,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: windowScroll,
    scrollMargin: grid.current ? grid.current.getBoundingClientRect().top + window.scrollY : 0,
    overscan: 1,
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    // It reports every movement; only another range of rows needs another drawing.
    onChange: ({ range }: Virtualizer<Window, Element>) => setRange(range ? `${range.startIndex}-${range.endIndex}` : ''),
  }
  const [virtualizer] = useState(() => new Virtualizer<Window, Element>(options))
  virtualizer.setOptions(options)

  useEffect(() => virtualizer._didMount(), [])
  useLayoutEffect(() => virtualizer._willUpdate())
  useLayoutEffect(() => virtualizer.measure(), [side, columns])
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(entry!.contentRect.width))
    observer.observe(grid.current!)
    return () => observer.disconnect()
  }, [])

  const rows = {
    columns,
    rowHeight: side + gap,
    height: virtualizer.getTotalSize(),
    visible: width > 0 ? virtualizer.getVirtualItems() : [],
  }
  return [rows, grid]
}
