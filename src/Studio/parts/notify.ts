import { signal } from '@preact/signals'
import { CallError } from '../api/call.ts'
import { words } from '../words/words.ts'

export interface Notice {
  id: number
  text: string
  isError: boolean
}

let last = 0

/** Short messages at the edge of the page, also read by screen readers. */
export const notices = signal<readonly Notice[]>([])

/** Shows a message for some seconds. An error stays until it is closed. */
export function notify(text: string, isError = false): void {
  const notice = { id: ++last, text, isError }
  notices.value = [...notices.value.slice(-3), notice]
  if (!isError) setTimeout(() => dismiss(notice), 5000)
}

export function dismiss(notice: Notice): void {
  notices.value = notices.value.filter((one) => one.id !== notice.id)
}

/** Runs something that the user asked for, and tells the user if it fails. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    notify(messageOf(error), true)
    return undefined
  }
}

/** The server's own explanation if there is one. */
export function messageOf(error: unknown): string {
  if (error instanceof CallError) return error.message
  return error instanceof TypeError ? words.value.lost : `${words.value.failed}: ${String(error)}`
}
