import { call, post } from './call.ts'
import type { ImageRequest, Job, JobStatus, Page, Sidecar } from './types.ts'

export interface JobFilter {
  status?: JobStatus
  tag?: string
  model?: string
  batch?: string
  from?: string
  to?: string
}

/** Starts a job. The key makes it safe to repeat the call after a lost connection: it is one job, paid once. */
export const startJob = (request: ImageRequest, idempotencyKey: string): Promise<Job> =>
  post('/api/images', request, { 'Idempotency-Key': idempotencyKey })

export const getJob = (id: string): Promise<Job> => call(`/api/images/${id}`)

export const cancelJob = (id: string): Promise<Job> => call(`/api/images/${id}`, { method: 'DELETE' })

export const resubmitJob = (id: string): Promise<Job> => post(`/api/images/${id}/resubmit`, undefined)

export const getSidecar = (url: string): Promise<Sidecar> => call(url)

/** A page of the jobs that match, the newest first. */
export function listJobs(filter: JobFilter, top: number, token?: string): Promise<Page<Job>> {
  const query = new URLSearchParams({ top: String(top) })
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value)
  if (token) query.set('continuationToken', token)
  return call(`/api/images?${query}`)
}
