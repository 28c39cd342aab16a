import type { Job, Picture, Sidecar } from '../api/types.ts'
import { bytesText, creditsText, durationText, timeText, type words } from '../words/words.ts'

type Say = (typeof words.value)['details']

/** A fact of a picture: what was asked, and what came. An empty text means that there is nothing to show. */
export interface Fact {
  name: string
  asked: string
  delivered: string
  differs: boolean
}

/** The parameters, asked against delivered. */
export function parameters(job: Job, sidecar: Sidecar | undefined, say: Say): Fact[] {
  const { request } = job
  const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value))
  const fact = (name: string, asked: unknown, delivered: unknown): Fact => ({
    name,
    asked: text(asked),
    delivered: text(delivered),
    differs: text(asked) !== '' && text(delivered) !== '' && text(asked) !== text(delivered),
  })
  return [
    fact(say.model, request.model, sidecar?.model),
    fact(say.size, request.size, sidecar?.size),
    fact(say.seed, request.seed, sidecar?.seed),
    fact(say.steps, request.steps, sidecar?.steps),
    fact(say.guidance, request.guidance, sidecar?.guidance),
    fact(say.negative, request.negative_prompt, undefined),
    fact(say.loras, lorasText(request.loras), undefined),
    fact(say.edited, [request.image_url ?? []].flat().map(shortUrl).join(', '), undefined),
  ].filter((one) => one.asked !== '' || one.delivered !== '')
}

/** The other facts, as pairs of a name and a text. */
export function others(job: Job, picture: Picture | undefined, sidecar: Sidecar | undefined, say: Say): [string, string][] {
  const facts: [string, string | undefined][] = [
    [say.made, timeText(job.createdAt)],
    [say.took, durationText(job.timings.totalMs / 1000)],
    [say.credits, creditsText(job.credits)],
    [say.format, picture && `${picture.contentType}, ${bytesText(picture.bytes)}`],
    [say.file, sidecar?.file],
    [say.task, sidecar?.taskId ?? job.upstream[0]?.taskId],
    [say.hash, picture?.sha256],
    [say.tags, job.request.tags?.join(', ')],
    [say.batch, job.batch],
    [say.id, job.id],
  ]
  return facts.filter((fact): fact is [string, string] => !!fact[1])
}

const lorasText = (loras: string | Record<string, number> | undefined): string | undefined =>
  typeof loras === 'object'
    ? Object.entries(loras)
        .map(([id, weight]) => `${id} ${weight}`)
        .join(', ')
    : loras

const shortUrl = (url: string): string => (url.length > 60 ? `${url.slice(0, 60)}…` : url)
