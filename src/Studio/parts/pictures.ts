import { signal, type ReadonlySignal } from '@preact/signals'
import { send } from '../api/call.ts'
import { key } from '../api/key.ts'

// Pictures that were fetched with the key, the most recently used last.
const most = 400
const fetched = new Map<string, ReadonlySignal<string | undefined>>()

/**
 * The address for an <img>. Without a key it is the picture's own address. With a key the picture is fetched, because an <img> cannot send
 * headers and a key must not be in an address.
 */
export function addressFor(url: string): string | undefined {
  if (!key.value) return url
  const known = fetched.get(url)
  if (known) {
    fetched.delete(url)
    fetched.set(url, known)
    return known.value
  }
  const address = signal<string | undefined>(undefined)
  fetched.set(url, address)
  void fetchInto(url, address)
  forgetOldest()
  return address.value
}

async function fetchInto(url: string, address: { value: string | undefined }): Promise<void> {
  try {
    const answer = await send(url)
    if (answer.ok) address.value = URL.createObjectURL(await answer.blob())
  } catch {
    // The picture stays empty; the next look tries again.
    fetched.delete(url)
  }
}

function forgetOldest(): void {
  for (const [url, address] of fetched) {
    if (fetched.size <= most) return
    fetched.delete(url)
    if (address.value) URL.revokeObjectURL(address.value)
  }
}
