import type { JobFilter } from '../api/jobs.ts'
import { jobStatuses, type JobStatus } from '../api/types.ts'

/** The names of the filters in the address. */
export const filterNames = ['status', 'tag', 'model', 'from', 'to'] as const

/** The filter in an address. Days are whole days of the user: `to` includes its day. */
export function filterOf(query: URLSearchParams): JobFilter {
  const filter: JobFilter = {}
  const status = query.get('status')
  if (status && (jobStatuses as readonly string[]).includes(status)) filter.status = status as JobStatus
  const tag = query.get('tag')
  if (tag) filter.tag = tag
  const model = query.get('model')
  if (model) filter.model = model
  const from = dayOf(query.get('from'))
  if (from) filter.from = from.toISOString()
  const to = dayOf(query.get('to'))
  if (to) filter.to = new Date(new Date(to).setDate(to.getDate() + 1) - 1).toISOString()
  return filter
}

function dayOf(text: string | null): Date | undefined {
  if (!text || !/^\d{4}-\d\d-\d\d$/.test(text)) return undefined
  const day = new Date(`${text}T00:00:00`)
  return Number.isNaN(day.getTime()) ? undefined : day
}
