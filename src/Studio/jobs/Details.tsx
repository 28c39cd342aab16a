import { useEffect, useState } from 'preact/hooks'
import { getJob } from '../api/jobs.ts'
import type { Job } from '../api/types.ts'
import { isRunning } from '../api/types.ts'
import { followJob } from '../live/live.ts'
import { jobState, keepJob } from '../live/states.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Picture } from '../parts/Picture.tsx'
import { go, placeWith } from '../parts/router.ts'
import { words } from '../words/words.ts'
import { Facts } from './Facts.tsx'
import { JobActions, PictureActions } from './JobActions.tsx'
import { JobTimeline } from './JobTimeline.tsx'
import { progressAt } from './progress.ts'
import { explanation, stateText } from './texts.ts'

interface DetailsProps {
  id: string
  /** The number of the picture; the first one if it is not there. */
  picture: number
}

/** A job in full: its picture, what was asked and what was delivered. Its place is in the address. */
export function Details({ id, picture }: DetailsProps) {
  const [isGone, setIsGone] = useState(false)
  const [, redraw] = useState(0)
  useEffect(() => {
    getJob(id).then(
      (job) => {
        keepJob(job)
        followJob(job)
        redraw((n) => n + 1)
      },
      () => setIsGone(true),
    )
  }, [id])
  const say = words.value.details
  const job = jobState(id)?.value
  return (
    <Dialog title={say.title} class="details" onClose={() => go(placeWith({ job: undefined, picture: undefined }))}>
      {job ? <JobInFull job={job} picture={picture} /> : <p class="quiet">{isGone ? say.gone : words.value.loading}</p>}
    </Dialog>
  )
}

function JobInFull({ job, picture: number }: { job: Job; picture: number }) {
  const at = Math.max(
    0,
    job.images.findIndex((one) => one.index === number),
  )
  const picture = job.images[at]
  const why = explanation(job)
  return (
    <>
      <div class="details-picture">
        {picture && <Picture key={picture.url} picture={picture} alt={job.request.prompt} isWhole />}
        {job.images.length > 1 && <Turn job={job} at={at} />}
      </div>
      <div class="details-text">
        <h2>{job.request.prompt}</h2>
        <p class="card-state">
          <span class={`dot dot-${job.status}`} />
          {stateText(job, progressAt(job, 0))}
        </p>
        {why && <p class="card-why">{why}</p>}
        <div class="details-actions">
          <JobActions job={job} isLarge />
          {picture && <PictureActions job={job} picture={picture} isLarge />}
        </div>
        <Facts job={job} picture={picture} />
        <JobTimeline job={job} isOpen={isRunning(job)} />
      </div>
    </>
  )
}

/** Goes from picture to picture. */
function Turn({ job, at }: { job: Job; at: number }) {
  const say = words.value.details
  const to = (next: number) => {
    const picture = job.images[(next + job.images.length) % job.images.length]!
    go(placeWith({ job: job.id, picture: String(picture.index) }), { replace: true })
  }
  return (
    <div class="details-turn">
      <button type="button" class="icon-button" aria-label={say.previous} onClick={() => to(at - 1)}>
        <Icon name="left" />
      </button>
      <span>
        {at + 1} / {job.images.length}
      </span>
      <button type="button" class="icon-button" aria-label={say.next} onClick={() => to(at + 1)}>
        <Icon name="right" />
      </button>
    </div>
  )
}
