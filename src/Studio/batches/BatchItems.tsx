import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { listJobs } from '../api/jobs.ts'
import type { Batch, Job } from '../api/types.ts'
import { isRunning } from '../api/types.ts'
import { followJob } from '../live/live.ts'
import { jobState, keepJob } from '../live/states.ts'
import { Link } from '../parts/Link.tsx'
import { attempt } from '../parts/notify.ts'
import { Picture } from '../parts/Picture.tsx'
import { placeWith } from '../parts/router.ts'
import { words } from '../words/words.ts'
import { progressAt } from '../jobs/progress.ts'
import { explanation, stateText } from '../jobs/texts.ts'

const shown = 100

/** The jobs of the batch that is shown. */
const items = signal<{ batch: string; ids: readonly string[] }>({ batch: '', ids: [] })

/** The newest items of a batch, live. All of them are in the results. */
export function BatchItems({ batch }: { batch: Batch }) {
  const { counts } = batch
  const begun = counts.total - counts.queued
  useEffect(() => void load(batch.id), [batch.id, begun, batch.status])
  const { batches: say } = words.value
  if (items.value.batch !== batch.id || items.value.ids.length === 0) return null
  return (
    <section class="panel" aria-labelledby="items-title">
      <h2 id="items-title">{say.items}</h2>
      {counts.total > shown && <p class="quiet">{say.newest(items.value.ids.length, counts.total)}</p>}
      <div class="table-scroll" tabIndex={0} role="region" aria-labelledby="items-title">
        <table class="table items">
          <thead>
            <tr>
              <th scope="col">{say.picture}</th>
              <th scope="col">{say.prompt}</th>
              <th scope="col">{say.state}</th>
            </tr>
          </thead>
          <tbody>
            {items.value.ids.map((id) => (
              <Item key={id} id={id} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Item({ id }: { id: string }) {
  const job = jobState(id)?.value
  if (!job) return null
  const picture = job.images[0]
  return (
    <tr>
      <td class="item-picture">{picture && <Picture picture={picture} alt="" />}</td>
      <td>
        <Link to={placeWith({ job: id })}>{job.request.prompt}</Link>
      </td>
      <td>
        <span class={`dot dot-${job.status}`} />
        {stateText(job, progressAt(job, 0))}
        {job.error && <span class="item-why">{explanation(job)}</span>}
      </td>
    </tr>
  )
}

let isLoading = false

async function load(batch: string): Promise<void> {
  if (isLoading) return
  isLoading = true
  const page = await attempt(() => listJobs({ batch }, shown))
  isLoading = false
  if (!page) return
  page.items.forEach((job: Job) => {
    keepJob(job)
    if (isRunning(job)) followJob(job)
  })
  items.value = { batch, ids: page.items.map((job) => job.id) }
}
