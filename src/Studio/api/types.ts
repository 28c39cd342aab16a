/** The states of a job, as in openapi.yaml. */
export type JobStatus =
  | 'queued'
  | 'submitting'
  | 'generating'
  | 'saving'
  | 'waitingForCredits'
  | 'succeeded'
  | 'partiallySucceeded'
  | 'failed'
  | 'expired'
  | 'canceled'
  | 'submissionUnknown'

export const jobStatuses: readonly JobStatus[] = [
  'queued',
  'submitting',
  'generating',
  'saving',
  'waitingForCredits',
  'succeeded',
  'partiallySucceeded',
  'failed',
  'expired',
  'canceled',
  'submissionUnknown',
]

const running = new Set<JobStatus>(['queued', 'submitting', 'generating', 'saving', 'waitingForCredits'])

export const isRunning = (job: { status: JobStatus }): boolean => running.has(job.status)

export interface ImageRequest {
  prompt: string
  model?: string
  negative_prompt?: string
  size?: string
  seed?: number
  steps?: number
  guidance?: number
  image_url?: string | string[]
  loras?: string | Record<string, number>
  count?: number
  name?: string
  tags?: string[]
  priority?: 'interactive' | 'bulk'
  [other: string]: unknown
}

export interface Credits {
  min: number
  max: number
}

export interface Picture {
  index: number
  url: string
  sidecarUrl: string
  contentType: string
  width: number
  height: number
  bytes: number
  sha256: string
  warnings: string[]
}

export interface JobError {
  type: string
  title: string
  detail: string
  upstreamMessage?: string
  retryable: boolean
}

export interface Job {
  id: string
  status: JobStatus
  stage: string
  cancelRequested: boolean
  attempt: number
  createdAt: string
  updatedAt: string
  request: ImageRequest
  progress: { queuePosition?: number; polls: number; nextPollAt?: string; etaSeconds?: number; percent: number }
  waiting?: { reason: string; resumeAt?: string }
  upstream: { taskId: string; rawStatus?: string; timeTakenMs?: number; seed?: number }[]
  images: Picture[]
  error?: JobError
  timeline: { n: number; at: string; status: JobStatus; stage: string }[]
  warnings: string[]
  credits: Credits
  timings: { queuedMs: number; upstreamMs?: number; overheadMs?: number; totalMs: number }
  batch?: string
  reusedFrom?: string
}

export interface Page<T> {
  items: T[]
  continuationToken?: string
}

/** The facts beside a picture. */
export interface Sidecar {
  request: ImageRequest
  model: string
  prompt: string
  seed?: number
  steps?: number
  guidance?: number
  sampler?: string
  size: string
  warnings: string[]
  taskId: string
  savedAt: string
  timeTakenMs?: number
  contentType: string
  bytes: number
  sha256: string
  file: string
}

export interface BatchCounts {
  total: number
  queued: number
  running: number
  succeeded: number
  failed: number
  canceled: number
}

export interface Batch {
  id: string
  status: 'running' | 'canceling' | 'finished'
  counts: BatchCounts
  unknown: number
  skipped: number
  ratePerMinute: number | null
  etaSeconds: number | null
  credits: Credits
  createdAt: string
  updatedAt: string
  parent?: string
  children?: string[]
}

export interface BatchCheck {
  total: number
  invalid: { line: number; field: string; message: string }[]
  invalidLines: number
  credits: Credits
  etaSeconds: number
}

/** A line of the results or of the errors of a batch. */
export interface BatchLine {
  customId?: string
  index: number
  line: number
  jobId: string
  images?: Picture[]
  error?: JobError
}

export interface Gate {
  slots: number
  inUse: number
  waiting: { interactive: number; bulk: number }
  coolDown: { reason: 'throttled' | 'quota' | 'credits'; until: string } | null
  paused: { reason: string | null; until: string | null; at: string } | null
  budget: { limit: number; used: number; resetsAt: string } | null
  utilisation: { lastMinute: number; lastHour: number }
  credits: number | null
}

export type UsageBy = 'day' | 'model' | 'caller' | 'batch'

export interface UsageCounts {
  tasks: number
  pictures: number
  failed: number
  reused: number
  credits: Credits
}

export interface Usage {
  items: (UsageCounts & { key: string })[]
  total: UsageCounts
}

export interface Model {
  id: string
  edits: boolean
  sizes?: { min: number; max: number }
}

export interface Models {
  default: string
  items: Model[]
}

/** A refusal, as in RFC 9457. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  retryable: boolean
  errors?: Record<string, string[]>
}
