import { cancelJob, resubmitJob } from '../api/jobs.ts'
import type { Job, Picture } from '../api/types.ts'
import { refusalOf, send } from '../api/call.ts'
import { followJob } from '../live/live.ts'
import { keepJob } from '../live/states.ts'
import { readEditImage } from '../make/editImage.ts'
import { form } from '../make/form.ts'
import { attempt, notify } from '../parts/notify.ts'
import { go } from '../parts/router.ts'
import { save } from '../parts/save.ts'
import { words } from '../words/words.ts'
import { requestAgain, start } from './recentJobs.ts'

/** Starts the same request once more, with the seed of the job or with another one. The form is not touched. */
export async function again(job: Job, seed?: number): Promise<void> {
  const request = requestAgain(job)
  if (!request) {
    notify(words.value.job.editLost, true)
    return
  }
  const { seed: _, ...rest } = request
  const started = await attempt(() => start(seed === undefined ? rest : { ...rest, seed }))
  if (started) notify(words.value.job.started)
}

/** Adds a picture to the form, as the picture to change. Nothing else in the form changes. */
export async function useAsEditImage(picture: Picture): Promise<void> {
  await attempt(async () => {
    const answer = await send(picture.url)
    if (!answer.ok) throw await refusalOf(answer)
    const name = nameOf(answer)
    const image = await readEditImage(await answer.blob(), name, form.images.value.length + 1)
    form.images.value = [...form.images.value, image]
    go('/')
    notify(words.value.make.imageAdded)
  })
}

export async function cancel(job: Job): Promise<void> {
  const canceled = await attempt(() => cancelJob(job.id))
  if (canceled) keepJob(canceled)
}

export async function resubmit(job: Job): Promise<void> {
  const next = await attempt(() => resubmitJob(job.id))
  if (!next) return
  keepJob(next)
  followJob(next)
}

export async function download(picture: Picture): Promise<void> {
  await attempt(async () => {
    const answer = await send(picture.url)
    if (!answer.ok) throw await refusalOf(answer)
    save(await answer.blob(), nameOf(answer))
  })
}

/** The seed of the task that made a picture. */
export function seedOf(job: Job, picture: Picture): number | undefined {
  const tasks = job.request.count ?? 1
  if (tasks === 1) return job.upstream[0]?.seed ?? job.request.seed
  // Only accepted tasks are listed, so the positions count only if all are there.
  return job.upstream.length === tasks ? job.upstream[picture.index % tasks]?.seed : undefined
}

const nameOf = (answer: Response): string => {
  const disposition = answer.headers.get('Content-Disposition') ?? ''
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  return encoded ? decodeURIComponent(encoded) : (/filename="?([^";]+)/.exec(disposition)?.[1] ?? 'picture')
}
