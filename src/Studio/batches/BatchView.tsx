import { useEffect, useState } from 'preact/hooks'
import { getBatch } from '../api/batches.ts'
import type { Batch } from '../api/types.ts'
import { followBatch } from '../live/live.ts'
import { batchState } from '../live/states.ts'
import { Link } from '../parts/Link.tsx'
import { creditsText, durationText, numberText, words } from '../words/words.ts'
import { BatchActions } from './BatchActions.tsx'
import { BatchItems } from './BatchItems.tsx'

/** A batch while it runs and after its end. */
export function BatchView({ id }: { id: string }) {
  const [isGone, setIsGone] = useState(false)
  useEffect(() => {
    setIsGone(false)
    getBatch(id).then(
      (batch) => {
        batchState(id).value = batch
        if (batch.status !== 'finished') followBatch(id)
      },
      () => setIsGone(true),
    )
  }, [id])
  const batch = batchState(id).value
  const { batches: say, loading } = words.value
  return (
    <section class="batches" aria-labelledby="batch-title">
      <header class="view-head">
        <Link to="/batches">{say.title}</Link>
        <h1 id="batch-title">{say.batch(id)}</h1>
      </header>
      {batch ? <BatchInside batch={batch} /> : <p class="quiet">{isGone ? say.gone : loading}</p>}
    </section>
  )
}

function BatchInside({ batch }: { batch: Batch }) {
  return (
    <>
      <div class="panel">
        <Overview batch={batch} />
        <BatchActions batch={batch} />
        <Family batch={batch} />
      </div>
      <BatchItems batch={batch} />
    </>
  )
}

const parts = ['succeeded', 'running', 'queued', 'failed', 'canceled'] as const

function Overview({ batch }: { batch: Batch }) {
  const { batches: say, gate, job } = words.value
  const { counts } = batch
  const ended = counts.succeeded + counts.failed + counts.canceled
  return (
    <>
      <p class="batch-sum" role="status">
        <strong>{say.status[batch.status]}</strong>
        <span>{say.done(ended, counts.total)}</span>
        {batch.ratePerMinute !== null && batch.status !== 'finished' && <span>{say.rate(numberText(batch.ratePerMinute, 1))}</span>}
        {batch.etaSeconds !== null && batch.status !== 'finished' && <span>{job.eta(durationText(batch.etaSeconds))}</span>}
        <span>
          {gate.credits}: {creditsText(batch.credits)}
        </span>
      </p>
      <svg class="bar" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
        {parts.map((part, at) => {
          const before = parts.slice(0, at).reduce((sum, one) => sum + counts[one], 0)
          return (
            <rect
              key={part}
              class={`bar-${part}`}
              x={(100 * before) / counts.total}
              width={(100 * counts[part]) / counts.total}
              height={2}
            />
          )
        })}
      </svg>
      <ul class="legend">
        {parts.map((part) => (
          <li key={part}>
            <span class={`dot dot-${part}`} />
            {numberText(counts[part])} {say.counts[part]}
          </li>
        ))}
      </ul>
      {batch.skipped > 0 && <p class="quiet">{say.skipped(batch.skipped)}</p>}
      {batch.unknown > 0 && <p class="warning">{say.unknown(batch.unknown)}</p>}
    </>
  )
}

/** The batch that this one retries, and those that retry this one. */
function Family({ batch }: { batch: Batch }) {
  const { batches: say } = words.value
  const links = (ids: readonly string[]) =>
    ids.map((id) => (
      <Link key={id} to={`/batches/${id}`}>
        {id}
      </Link>
    ))
  return (
    <>
      {batch.parent && (
        <p>
          {say.parent} {links([batch.parent])}
        </p>
      )}
      {batch.children && batch.children.length > 0 && (
        <p>
          {say.children} {links(batch.children)}
        </p>
      )}
    </>
  )
}
