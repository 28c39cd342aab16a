import type { Signal } from '@preact/signals'
import type { Job } from '../api/types.ts'
import { isRunning } from '../api/types.ts'
import { receivedAt } from '../live/states.ts'
import { now } from '../parts/clock.ts'
import { Icon } from '../parts/Icon.tsx'
import { Link } from '../parts/Link.tsx'
import { Picture } from '../parts/Picture.tsx'
import { placeWith } from '../parts/router.ts'
import { timeText, words } from '../words/words.ts'
import { JobActions, PictureActions } from './JobActions.tsx'
import { progressAt } from './progress.ts'
import { explanation, stateText } from './texts.ts'

// A job may have many pictures; the details show all of them.
const shown = 4

/** A job as a card: what it is about, how far it is, and what can be done with it. */
export function JobCard({ state }: { state: Signal<Job> }) {
  const job = state.value
  const why = explanation(job)
  return (
    <article class={`card card-${job.status}`} aria-label={job.request.prompt}>
      {job.images.length > 0 ? <Pictures job={job} /> : <Developing job={job} />}
      <div class="card-text">
        <p class="card-prompt" title={job.request.prompt}>
          {job.request.prompt}
        </p>
        <State job={job} />
        {why && <p class="card-why">{why}</p>}
        <Actions job={job} />
      </div>
    </article>
  )
}

function Pictures({ job }: { job: Job }) {
  const { job: say } = words.value
  const rest = job.images.length - shown
  return (
    <div class={`card-pictures card-pictures-${Math.min(shown, job.images.length)}`}>
      {job.images.slice(0, shown).map((picture, at) => (
        <Link
          key={picture.index}
          to={placeWith({ job: job.id, picture: String(picture.index) })}
          label={say.picture(picture.index + 1, job.request.prompt)}
        >
          <Picture picture={picture} alt="" isWhole={false} />
          {at === shown - 1 && rest > 0 && <span class="card-rest">{say.more(rest)}</span>}
        </Link>
      ))}
    </div>
  )
}

/** A sheet of paper on which the picture appears. */
function Developing({ job }: { job: Job }) {
  return <div class={isRunning(job) ? 'developing developing-runs' : 'developing'} aria-hidden="true" />
}

function State({ job }: { job: Job }) {
  const isUnderWay = isRunning(job)
  const progress = progressAt(job, isUnderWay ? now.value - receivedAt(job) : 0)
  return (
    <>
      {isUnderWay && (
        <progress
          class="card-progress"
          max={100}
          value={Math.round(progress.percent)}
          aria-label={words.value.job.progress(job.request.prompt)}
        />
      )}
      <p class="card-state">
        <span class={`dot dot-${job.status}`} />
        {stateText(job, progress)}
        {job.attempt > 1 && ` · ${words.value.job.attempt(job.attempt)}`}
        {!isUnderWay && <time dateTime={job.createdAt}> · {timeText(job.createdAt)}</time>}
      </p>
    </>
  )
}

function Actions({ job }: { job: Job }) {
  const [first] = job.images
  return (
    <div class="card-actions">
      <JobActions job={job} />
      {first && <PictureActions job={job} picture={first} />}
      <Link class="icon-button" to={placeWith({ job: job.id, picture: undefined })} label={words.value.job.details}>
        <Icon name="info" />
      </Link>
    </div>
  )
}
