import { signal } from '@preact/signals'
import type { Batch, Gate, Job } from '../api/types.ts'
import { isRunning } from '../api/types.ts'
import { pauseAfter } from './backoff.ts'
import { addressOf, covers, nothing, withBatch, withJob, withoutBatch, withoutJob, type Followed } from './followed.ts'
import { batchState, gate, keepJob } from './states.ts'
import { readEvents, type StreamEvent } from './stream.ts'

/** Whether the stream was lost; the page shows it, and the states are as old as the loss. */
export const isLost = signal(false)

// A page in the background is not looked at. Its stream costs money, so it is closed after a while.
const backgroundMs = 60_000

let followed: Followed = nothing
let open: { for: Followed; end: AbortController } | undefined
let planned: ReturnType<typeof setTimeout> | undefined
let failures = 0

/** Follows a job until it has ended. */
export function followJob(job: Job): void {
  if (isRunning(job)) follow(withJob(followed, job.id))
}

export function followBatch(id: string): void {
  follow(withBatch(followed, id))
}

/** Follows the gate as long as the page is open. */
export function followGate(): void {
  follow({ ...followed, gate: true })
}

/** Starts to watch whether the page is visible and the network is there. */
export function watchPage(): void {
  let hidden: ReturnType<typeof setTimeout> | undefined
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hidden)
    if (document.hidden) hidden = setTimeout(close, backgroundMs)
    else if (!open) connectSoon(0)
  })
  window.addEventListener('online', () => connectSoon(0))
}

function follow(wanted: Followed): void {
  followed = wanted
  if (!open || !covers(open.for, wanted)) connectSoon(50)
}

// Several cards appear at once, so the stream is opened a moment later, once for all.
function connectSoon(pause: number): void {
  clearTimeout(planned)
  planned = setTimeout(() => void connect(), pause)
}

function close(): void {
  open?.end.abort()
  open = undefined
}

async function connect(): Promise<void> {
  close()
  const address = addressOf(followed)
  if (!address) return
  const mine = { for: followed, end: new AbortController() }
  open = mine
  let isEmpty = true
  try {
    for await (const event of readEvents(address, mine.end.signal)) {
      isEmpty = false
      failures = 0
      isLost.value = false
      take(event)
    }
    // The server ends a stream after some minutes, or when everything in it has ended.
    if (open === mine) connectAgain(isEmpty ? pauseAfter(++failures) : 0)
  } catch {
    if (open !== mine) return
    failures += 1
    // One failed try may be a restart of the server and is not worth a message.
    isLost.value = failures > 1
    connectAgain(pauseAfter(failures))
  }
}

function connectAgain(pause: number): void {
  open = undefined
  connectSoon(pause)
}

function take({ event, data }: StreamEvent): void {
  switch (event) {
    case 'job': {
      const job = JSON.parse(data) as Job
      keepJob(job)
      if (!isRunning(job)) followed = withoutJob(followed, job.id)
      return
    }
    case 'batch': {
      const batch = JSON.parse(data) as Batch
      batchState(batch.id).value = batch
      if (batch.status === 'finished') followed = withoutBatch(followed, batch.id)
      return
    }
    case 'gate':
      gate.value = JSON.parse(data) as Gate
      return
    case 'missing': {
      const { kind, id } = JSON.parse(data) as { kind: string; id: string }
      followed = kind === 'job' ? withoutJob(followed, id) : withoutBatch(followed, id)
    }
  }
}
