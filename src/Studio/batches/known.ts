import { getUsage } from '../api/service.ts'

const name = 'darkroom.batches'
const most = 100

/** A batch in the list. The counts come from the usage of the last 30 days; a new batch has none yet. */
export interface KnownBatch {
  id: string
  pictures?: number
  failed?: number
}

/** Remembers a batch that was started in this browser. */
export function remember(id: string): void {
  localStorage.setItem(name, JSON.stringify([id, ...remembered().filter((one) => one !== id)].slice(0, most)))
}

/** The batches of this browser, the newest first, then the others that made pictures in the last 30 days. */
export async function knownBatches(now: Date): Promise<KnownBatch[]> {
  const day = (date: Date) => date.toISOString().slice(0, 10)
  const tomorrow = new Date(now.getTime() + 86_400_000)
  const usage = await getUsage(day(new Date(now.getTime() - 29 * 86_400_000)), day(tomorrow), 'batch')
  const counts = new Map(usage.items.filter((item) => item.key).map((item) => [item.key, item]))
  const ids = [...new Set([...remembered(), ...counts.keys()])]
  return ids.map((id) => {
    const count = counts.get(id)
    return count ? { id, pictures: count.pictures, failed: count.failed } : { id }
  })
}

function remembered(): string[] {
  try {
    return JSON.parse(localStorage.getItem(name) ?? '[]') as string[]
  } catch {
    return []
  }
}
