import type { Job } from '../api/types.ts'
import { isRunning } from '../api/types.ts'
import { durationText, words } from '../words/words.ts'
import type { Progress } from './progress.ts'

/** The state of a job in a few words, such as "ModelScope paints · about 6 s left". */
export function stateText(job: Job, progress: Progress): string {
  const { job: say } = words.value
  if (!isRunning(job)) return say.status[job.status]
  const stage = (say.stage as Record<string, string>)[job.stage] || say.status[job.status]
  const position = job.progress.queuePosition
  if (position) return `${stage} · ${say.position(position)}`
  if (progress.seconds === undefined) return stage
  return `${stage} · ${progress.seconds > 0 ? say.eta(durationText(Math.ceil(progress.seconds))) : say.almost}`
}

/** Why a job waits or ended without a picture; empty if there is nothing to explain. */
export function explanation(job: Job): string {
  const { error, waiting } = job
  if (error)
    return error.upstreamMessage && !error.detail.includes(error.upstreamMessage)
      ? `${error.detail} (${error.upstreamMessage})`
      : error.detail
  return waiting?.reason ?? ''
}

/** Which way of trying again a job has, as its button says it; undefined if it has none. */
export function resubmitText(job: Job): string | undefined {
  const { job: say } = words.value
  if (job.status === 'submissionUnknown') return say.resubmitUnknown
  return ['failed', 'expired', 'canceled', 'partiallySucceeded'].includes(job.status) ? say.resubmit : undefined
}
