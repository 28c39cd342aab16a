import { signal, type Signal } from '@preact/signals'
import type { Batch, Gate, Job } from '../api/types.ts'

/** The newest known state of everything that the page shows. Each has a signal of its own, so a change redraws only its own card. */
const jobs = new Map<string, Signal<Job>>()
const batches = new Map<string, Signal<Batch | undefined>>()

export const gate = signal<Gate | undefined>(undefined)

/** The state of a job that was received before. */
export function jobState(id: string): Signal<Job> | undefined {
  return jobs.get(id)
}

const received = new WeakMap<Job, number>()

/** When a state of a job was received, by the clock of this browser: the server's clock may differ. */
export const receivedAt = (job: Job): number => received.get(job) ?? Date.now()

/** Keeps a state of a job, unless a newer one is known. */
export function keepJob(job: Job): Signal<Job> {
  received.set(job, Date.now())
  const known = jobs.get(job.id)
  if (!known) {
    const created = signal(job)
    jobs.set(job.id, created)
    return created
  }
  if (!isOlder(job, known.peek())) known.value = job
  return known
}

export function batchState(id: string): Signal<Batch | undefined> {
  let state = batches.get(id)
  if (!state) batches.set(id, (state = signal<Batch | undefined>(undefined)))
  return state
}

const isOlder = (one: Job, other: Job): boolean =>
  one.attempt < other.attempt || (one.attempt === other.attempt && Date.parse(one.updatedAt) < Date.parse(other.updatedAt))
