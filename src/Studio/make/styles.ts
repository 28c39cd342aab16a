import { computed, signal } from '@preact/signals'
import type { Language } from '../words/words.ts'

/** A style extends the prompt with some words. */
export interface Style {
  id: string
  name: Record<Language, string>
  text: string
}

const builtIn: readonly Style[] = [
  { id: 'photo', name: { en: 'Photo', zh: '写实摄影' }, text: 'photograph, natural light, 50 mm lens, fine detail' },
  { id: 'cinema', name: { en: 'Cinematic', zh: '电影感' }, text: 'cinematic still, dramatic light, shallow depth of field' },
  { id: 'oil', name: { en: 'Oil painting', zh: '油画' }, text: 'oil painting, visible brush strokes, rich colours' },
  { id: 'gogh', name: { en: 'Van Gogh', zh: '梵高' }, text: 'in the style of Van Gogh, swirling strokes, post-impressionism' },
  { id: 'water', name: { en: 'Watercolour', zh: '水彩' }, text: 'watercolour on rough paper, soft edges' },
  { id: 'ink', name: { en: 'Ink wash', zh: '水墨' }, text: '水墨画，留白，写意' },
  { id: 'anime', name: { en: 'Anime', zh: '动漫' }, text: 'anime illustration, clean lines, cel shading' },
  { id: 'render', name: { en: '3D render', zh: '三维渲染' }, text: '3D render, soft studio light, subtle materials' },
  { id: 'pixel', name: { en: 'Pixel art', zh: '像素画' }, text: 'pixel art, limited palette' },
  { id: 'golden', name: { en: 'Golden hour', zh: '黄金时刻' }, text: 'golden hour, warm low sun, long shadows' },
  { id: 'detail', name: { en: 'High detail', zh: '高细节' }, text: 'highly detailed, sharp focus' },
]

const name = 'darkroom.styles'

/** What the user changed: own styles, and other words for the built-in ones. */
interface StoredStyles {
  own: Style[]
  texts: Record<string, string>
}

const stored = signal<StoredStyles>(read())

export const styles = computed<Style[]>(() =>
  [...builtIn, ...stored.value.own].map((style) => ({ ...style, text: stored.value.texts[style.id] ?? style.text })),
)

export const isOwn = (style: Style): boolean => stored.value.own.some((one) => one.id === style.id)

export function changeText(style: Style, text: string): void {
  keep({ ...stored.value, texts: { ...stored.value.texts, [style.id]: text } })
}

/** Adds a style of the user's own, and returns its id. */
export function addStyle(title: string): string {
  const id = `own-${Date.now().toString(36)}`
  keep({ ...stored.value, own: [...stored.value.own, { id, name: { en: title, zh: title }, text: title }] })
  return id
}

export function removeStyle(style: Style): void {
  const { [style.id]: _, ...texts } = stored.value.texts
  keep({ own: stored.value.own.filter((one) => one.id !== style.id), texts })
}

function keep(changed: StoredStyles): void {
  stored.value = changed
  localStorage.setItem(name, JSON.stringify(changed))
}

function read(): StoredStyles {
  try {
    return { own: [], texts: {}, ...(JSON.parse(localStorage.getItem(name) ?? '{}') as Partial<StoredStyles>) }
  } catch {
    return { own: [], texts: {} }
  }
}
