import { useState } from 'preact/hooks'
import { batchText, cancelBatch, retryBatch } from '../api/batches.ts'
import type { Batch } from '../api/types.ts'
import { batchState } from '../live/states.ts'
import { Icon } from '../parts/Icon.tsx'
import { attempt } from '../parts/notify.ts'
import { go } from '../parts/router.ts'
import { save } from '../parts/save.ts'
import { words } from '../words/words.ts'
import { remember } from './known.ts'
import { zipOf } from './zip.ts'

/** What can be done with a batch. */
export function BatchActions({ batch }: { batch: Batch }) {
  const [packed, setPacked] = useState<{ done: number; total: number }>()
  const { batches: say } = words.value
  const isOver = batch.status === 'finished'
  const retryable = batch.counts.failed - batch.unknown

  const retry = async () => {
    const child = await attempt(() => retryBatch(batch.id))
    if (!child) return
    remember(child.id)
    go(`/batches/${child.id}`)
  }
  const cancel = async () => {
    const canceled = await attempt(() => cancelBatch(batch.id))
    if (canceled) batchState(batch.id).value = canceled
  }
  const downloadZip = async () => {
    const zip = await attempt(() => zipOf(batch.id, (done, total) => setPacked({ done, total })))
    setPacked(undefined)
    if (zip) save(zip, `batch-${batch.id}.zip`)
  }
  const downloadLines = async () => {
    const text = await attempt(async () => (await batchText(batch.id, 'results')) + (await batchText(batch.id, 'errors')))
    if (text !== undefined) save(new Blob([text], { type: 'application/x-ndjson' }), `batch-${batch.id}.jsonl`)
  }
  return (
    <div class="batch-actions">
      {isOver && retryable > 0 && (
        <button type="button" class="button" onClick={() => void retry()}>
          <Icon name="again" />
          {say.retry(retryable)}
        </button>
      )}
      {batch.status === 'running' && (
        <button type="button" class="button" onClick={() => void cancel()}>
          <Icon name="close" />
          {say.cancelAll}
        </button>
      )}
      {batch.counts.succeeded > 0 && (
        <button type="button" class="button" disabled={!!packed} onClick={() => void downloadZip()}>
          <Icon name="download" />
          {packed ? say.zipping(packed.done, packed.total) : say.zip}
        </button>
      )}
      <button type="button" class="button" onClick={() => void downloadLines()}>
        <Icon name="file" />
        {say.jsonl}
      </button>
    </div>
  )
}
