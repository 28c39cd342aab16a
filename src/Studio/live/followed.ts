/** At most this many jobs are followed at a time, as the API allows; the newest ones win. */
export const maxJobs = 50
export const maxBatches = 10

/** What the page follows. It is a value: the same set gives the same address. */
export interface Followed {
  jobs: readonly string[]
  batches: readonly string[]
  gate: boolean
}

export const nothing: Followed = { jobs: [], batches: [], gate: false }

export const withJob = (followed: Followed, id: string): Followed => ({ ...followed, jobs: added(followed.jobs, id, maxJobs) })

export const withBatch = (followed: Followed, id: string): Followed => ({
  ...followed,
  batches: added(followed.batches, id, maxBatches),
})

export const withoutJob = (followed: Followed, id: string): Followed => ({
  ...followed,
  jobs: followed.jobs.filter((one) => one !== id),
})

export const withoutBatch = (followed: Followed, id: string): Followed => ({
  ...followed,
  batches: followed.batches.filter((one) => one !== id),
})

/** The address of the stream; undefined if there is nothing to follow. */
export function addressOf(followed: Followed): string | undefined {
  const query = new URLSearchParams()
  for (const id of followed.jobs) query.append('job', id)
  for (const id of followed.batches) query.append('batch', id)
  if (followed.gate) query.append('gate', 'true')
  return query.size > 0 ? `/api/events?${query}` : undefined
}

/** Whether a stream that was opened for `open` also brings everything in `wanted`. */
export const covers = (open: Followed, wanted: Followed): boolean =>
  wanted.jobs.every((id) => open.jobs.includes(id)) &&
  wanted.batches.every((id) => open.batches.includes(id)) &&
  (open.gate || !wanted.gate)

const added = (ids: readonly string[], id: string, most: number): readonly string[] =>
  ids.includes(id) ? ids : [id, ...ids].slice(0, most)
