import { signal } from '@preact/signals'
import { CallError } from '../api/call.ts'
import { listJobs, startJob } from '../api/jobs.ts'
import type { ImageRequest, Job } from '../api/types.ts'
import { pauseAfter } from '../live/backoff.ts'
import { followJob } from '../live/live.ts'
import { keepJob } from '../live/states.ts'
import { attempt } from '../parts/notify.ts'

const shown = 24
const tries = 6

/** The newest jobs, the newest first; undefined until they are loaded. */
export const recent = signal<readonly string[] | undefined>(undefined)

/** The keys of requests that were sent and not answered, by the request: the same request again is the same job. */
const unanswered = new Map<string, string>()

/** The requests of this visit with their pictures: the server does not give data: URLs back. */
const sent = new Map<string, ImageRequest>()

export async function loadRecent(): Promise<void> {
  const page = await attempt(() => listJobs({}, shown))
  if (!page) return
  page.items.forEach(show)
  const ids = page.items.map((job) => job.id)
  recent.value = [...(recent.value ?? []).filter((id) => !ids.includes(id)), ...ids]
}

/**
 * Starts a job and shows it first. If the connection is lost, the call is repeated with the same key: one job, paid once. If the user
 * gives up and sends the same request later, it still has that key.
 */
export async function start(request: ImageRequest): Promise<Job> {
  const text = JSON.stringify(request)
  const key = unanswered.get(text) ?? newKey()
  unanswered.set(text, key)
  for (let failures = 0; ;) {
    try {
      const job = await startJob(request, key)
      unanswered.delete(text)
      sent.set(job.id, request)
      show(job)
      recent.value = [job.id, ...(recent.value ?? []).filter((id) => id !== job.id)]
      return job
    } catch (error) {
      // fetch throws a TypeError when there is no answer. A refusal is an answer.
      if (error instanceof CallError && error.status < 500) unanswered.delete(text)
      if (!(error instanceof TypeError) || ++failures === tries) throw error
      await new Promise((resolve) => setTimeout(resolve, pauseAfter(failures)))
    }
  }
}

/** The request of a job, to send it again; undefined if it had a picture that is no longer here. */
export function requestAgain(job: Job): ImageRequest | undefined {
  const mine = sent.get(job.id)
  if (mine) return mine
  const images = [job.request.image_url ?? []].flat()
  return images.some((url) => url.startsWith('data:')) ? undefined : job.request
}

/** A random key. crypto.randomUUID exists only on https and localhost. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function show(job: Job): void {
  keepJob(job)
  followJob(job)
}
