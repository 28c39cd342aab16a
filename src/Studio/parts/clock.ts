import { signal } from '@preact/signals'

/** The present time in milliseconds, twice a second. Whoever shows remaining times reads it. */
export const now = signal(Date.now())

setInterval(() => {
  if (!document.hidden) now.value = Date.now()
}, 500)
