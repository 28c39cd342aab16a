import { call, post, refusalOf, send } from './call.ts'
import type { Batch, BatchCheck, BatchLine } from './types.ts'

export interface BatchFile {
  name: string
  contentType: string
  content: Blob
}

/** Checks a file without starting anything. */
export const checkBatch = (file: BatchFile): Promise<BatchCheck> => postFile(file, '?validate=only')

/** Starts a batch, without the lines that are not valid. */
export const startBatch = (file: BatchFile, idempotencyKey: string): Promise<{ id: string }> =>
  postFile(file, '?onInvalid=skip', { 'Idempotency-Key': idempotencyKey })

export const getBatch = (id: string): Promise<Batch> => call(`/api/batches/${id}`)

export const cancelBatch = (id: string): Promise<Batch> => call(`/api/batches/${id}`, { method: 'DELETE' })

/** Starts a batch of the failed items. */
export const retryBatch = (id: string): Promise<{ id: string }> => post(`/api/batches/${id}/retry`, undefined)

/** The text of the results or of the errors: JSON Lines. */
export async function batchText(id: string, part: 'results' | 'errors'): Promise<string> {
  const answer = await send(`/api/batches/${id}/${part}`)
  if (!answer.ok) throw await refusalOf(answer)
  return answer.text()
}

export async function batchLines(id: string, part: 'results' | 'errors'): Promise<BatchLine[]> {
  const text = await batchText(id, part)
  return text
    .split('\n')
    .filter((line) => line.length > 0)
    .map((line) => JSON.parse(line) as BatchLine)
}

const postFile = <T>(file: BatchFile, query: string, headers: Record<string, string> = {}): Promise<T> =>
  call(`/api/batches${query}`, { method: 'POST', headers: { ...headers, 'Content-Type': file.contentType }, body: file.content })
