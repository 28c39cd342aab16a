import type { Job } from '../api/types.ts'
import { isRunning } from '../api/types.ts'

export interface Progress {
  percent: number
  /** The seconds left; undefined if nobody knows. */
  seconds: number | undefined
}

/** How far a job is, some time after its state was received. Between two states it goes on at the expected pace, but never to the end. */
export function progressAt(job: Pick<Job, 'status' | 'progress'>, elapsedMs: number): Progress {
  const { percent, etaSeconds } = job.progress
  if (!isRunning(job)) return { percent: 100, seconds: undefined }
  if (etaSeconds === undefined) return { percent, seconds: undefined }
  const elapsed = Math.max(0, elapsedMs) / 1000
  const seconds = Math.max(0, etaSeconds - elapsed)
  const gone = etaSeconds > 0 ? Math.min(1, elapsed / etaSeconds) : 1
  return { percent: Math.min(99, percent + (100 - percent) * gone), seconds }
}
