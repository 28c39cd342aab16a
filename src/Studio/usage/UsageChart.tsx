import type { Usage } from '../api/types.ts'
import { numberText, words } from '../words/words.ts'
import { lastDays, roundUp } from './range.ts'

const width = 900
const height = 240
const left = 44
const bottom = 24

/** Pictures and failed tasks of each day, as bars. The table has the same numbers, so screen readers skip the drawing. */
export function UsageChart({ usage, days }: { usage: Usage; days: number }) {
  const { usage: say } = words.value
  const byDay = new Map(usage.items.map((item) => [item.key, item]))
  const dates = lastDays(days, new Date())
  const top = roundUp(Math.max(...usage.items.map((item) => item.pictures + item.failed), 0))
  const step = (width - left) / dates.length
  const y = (value: number) => (height - bottom) * (1 - value / top)
  return (
    <figure class="panel chart">
      <figcaption>{say.chart}</figcaption>
      <svg viewBox={`0 -8 ${width} ${height + 8}`} role="img" aria-label={say.chart}>
        {[0, top / 2, top].map((value) => (
          <g key={value} class="chart-line">
            <line x1={left} x2={width} y1={y(value)} y2={y(value)} />
            <text x={left - 8} y={y(value)}>
              {numberText(value)}
            </text>
          </g>
        ))}
        {dates.map((date, at) => {
          const { pictures = 0, failed = 0 } = byDay.get(date) ?? {}
          const x = left + at * step + step * 0.15
          return (
            <g key={date}>
              <title>{`${date}: ${numberText(pictures)}`}</title>
              <rect class="chart-pictures" x={x} width={step * 0.7} y={y(pictures)} height={y(0) - y(pictures)} />
              <rect class="chart-failed" x={x} width={step * 0.7} y={y(pictures + failed)} height={y(0) - y(failed)} />
              {at % Math.ceil(days / 8) === 0 && (
                <text class="chart-day" x={x} y={height - 4}>
                  {date.slice(5)}
                </text>
              )}
            </g>
          )
        })}
      </svg>
    </figure>
  )
}
