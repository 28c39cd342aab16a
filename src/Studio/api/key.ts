import { computed, signal } from '@preact/signals'

const name = 'darkroom.key'

const stored = signal(sessionStorage.getItem(name) ?? localStorage.getItem(name) ?? '')

/** The calls that wait for a key. */
const waiting = signal<(() => void)[]>([])

/** The function key of the user, sent in a header with every call; empty if the server needs none. */
export const key = computed(() => stored.value)

/** Whether the server has refused a call and the page has to ask for a key. */
export const keyIsNeeded = computed(() => waiting.value.length > 0)

/** Waits until the user has given another key. */
export function anotherKey(): Promise<void> {
  return new Promise((resolve) => {
    waiting.value = [...waiting.value, resolve]
  })
}

/** Takes the key that the user gave, and lets the waiting calls try again. */
export function useKey(text: string, remember: boolean): void {
  stored.value = text.trim()
  sessionStorage.setItem(name, stored.value)
  if (remember) localStorage.setItem(name, stored.value)
  else localStorage.removeItem(name)
  const calls = waiting.value
  waiting.value = []
  for (const proceed of calls) proceed()
}
