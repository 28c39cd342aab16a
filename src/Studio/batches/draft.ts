import { signal } from '@preact/signals'
import { checkBatch, startBatch, type BatchFile } from '../api/batches.ts'
import type { BatchCheck } from '../api/types.ts'
import { newKey } from '../jobs/recentJobs.ts'
import { attempt } from '../parts/notify.ts'
import { go } from '../parts/router.ts'
import { batchFileOf, checkedLines, type CheckedLine } from './file.ts'
import { remember } from './known.ts'

const shownLines = 200

/** A file that was dropped and checked, but not started. */
export interface Draft {
  file: BatchFile
  check: BatchCheck
  lines: CheckedLine[]
  hidden: number
  /** Starting twice gives one batch. */
  key: string
}

export const draft = signal<Draft | undefined>(undefined)
export const isChecking = signal(false)

/** Checks a file line by line. Nothing is submitted. */
export async function check(files: readonly File[]): Promise<void> {
  const [first] = files
  if (!first) return
  const file = batchFileOf(first)
  isChecking.value = true
  try {
    const found = await attempt(() => checkBatch(file))
    if (!found) return
    const text = await first.text()
    draft.value = { file, check: found, key: newKey(), ...checkedLines(text, file.contentType, found.invalid, shownLines) }
  } finally {
    isChecking.value = false
  }
}

/** Starts the valid lines, and goes to the batch. */
export async function startDraft({ file, key }: Draft): Promise<void> {
  const batch = await attempt(() => startBatch(file, key))
  if (!batch) return
  draft.value = undefined
  remember(batch.id)
  go(`/batches/${batch.id}`)
}
