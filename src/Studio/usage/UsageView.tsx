import { useEffect, useState } from 'preact/hooks'
import { getUsage } from '../api/service.ts'
import type { Usage, UsageBy, UsageCounts } from '../api/types.ts'
import { Field } from '../parts/Field.tsx'
import { attempt } from '../parts/notify.ts'
import { go, place, placeWith } from '../parts/router.ts'
import { creditsText, numberText, words } from '../words/words.ts'
import { lastDays } from './range.ts'
import { UsageChart } from './UsageChart.tsx'

const ranges = [7, 30, 90]
const groups: readonly UsageBy[] = ['day', 'model', 'caller', 'batch']

/** What was made and what it cost, as a chart and as a table. */
export function UsageView() {
  const { query } = place.value
  const days = ranges.find((range) => String(range) === query.get('days')) ?? 30
  const by = groups.find((group) => group === query.get('by')) ?? 'day'
  const daily = useUsage(days, 'day')
  const grouped = useUsage(days, by)
  const { usage: say, loading } = words.value
  return (
    <section class="usage" aria-labelledby="usage-title">
      <header class="view-head">
        <h1 id="usage-title">{say.title}</h1>
      </header>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        <Field label={say.range}>
          {(id) => (
            <select id={id} value={days} onChange={(event) => go(placeWith({ days: event.currentTarget.value }), { replace: true })}>
              {ranges.map((range) => (
                <option key={range} value={range}>
                  {say.days(range)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={say.by}>
          {(id) => (
            <select id={id} value={by} onChange={(event) => go(placeWith({ by: event.currentTarget.value }), { replace: true })}>
              {groups.map((group) => (
                <option key={group} value={group}>
                  {say[group]}
                </option>
              ))}
            </select>
          )}
        </Field>
      </form>
      {daily ? (
        <>
          <Totals total={daily.total} />
          <UsageChart usage={daily} days={days} />
        </>
      ) : (
        <p class="quiet">{loading}</p>
      )}
      {grouped && <UsageTable usage={grouped} by={by} />}
    </section>
  )
}

function Totals({ total }: { total: UsageCounts }) {
  const { usage: say } = words.value
  const figures: [string, string][] = [
    [say.pictures, numberText(total.pictures)],
    [say.credits, creditsText(total.credits)],
    [say.failed, numberText(total.failed)],
    [say.reused, numberText(total.reused)],
  ]
  return (
    <dl class="totals">
      {figures.map(([name, value]) => (
        <div key={name} class="panel">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function UsageTable({ usage, by }: { usage: Usage; by: UsageBy }) {
  const { usage: say } = words.value
  if (usage.items.length === 0) return <p class="quiet">{say.none}</p>
  const items = by === 'day' ? usage.items.toReversed() : usage.items
  return (
    <div class="panel table-scroll" tabIndex={0} role="region" aria-label={say.title}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{say[by]}</th>
            {[say.pictures, say.tasks, say.failed, say.reused, say.credits].map((name) => (
              <th key={name} scope="col" class="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.key}>
              <th scope="row">{item.key || say.noName}</th>
              <td class="number">{numberText(item.pictures)}</td>
              <td class="number">{numberText(item.tasks)}</td>
              <td class="number">{numberText(item.failed)}</td>
              <td class="number">{numberText(item.reused)}</td>
              <td class="number">{creditsText(item.credits)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">{say.china}</p>
    </div>
  )
}

function useUsage(days: number, by: UsageBy): Usage | undefined {
  const [usage, setUsage] = useState<Usage>()
  useEffect(() => {
    let isCurrent = true
    const all = lastDays(days, new Date())
    void attempt(() => getUsage(all[0]!, all.at(-1)!, by)).then((found) => {
      if (isCurrent && found) setUsage(found)
    })
    return () => {
      isCurrent = false
    }
  }, [days, by])
  return usage
}
