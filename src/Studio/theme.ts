import { effect, signal } from '@preact/signals'

export type Theme = 'system' | 'light' | 'dark'

const name = 'darkroom.theme'
const stored = localStorage.getItem(name)

/** The colours that the user chose. */
export const theme = signal<Theme>(stored === 'light' || stored === 'dark' ? stored : 'system')

effect(() => {
  const { documentElement: root } = document
  if (theme.value === 'system') delete root.dataset['theme']
  else root.dataset['theme'] = theme.value
  localStorage.setItem(name, theme.value)
})
