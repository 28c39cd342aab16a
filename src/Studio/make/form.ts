import { computed, effect, signal } from '@preact/signals'
import { getModels } from '../api/service.ts'
import type { Model } from '../api/types.ts'
import { attempt } from '../parts/notify.ts'
import type { EditImage } from './editImage.ts'
import { requestOf, type Lora } from './request.ts'
import { styledPrompt } from './styledPrompt.ts'
import { styles } from './styles.ts'

const name = 'darkroom.form'
const texts = ['prompt', 'model', 'size', 'count', 'seed', 'negative', 'steps', 'guidance', 'name', 'tags'] as const

type Draft = Partial<Record<(typeof texts)[number], string>> & { styles?: string[]; loras?: Lora[] }

const draft = read()
const text = (field: (typeof texts)[number], usual = '') => signal(draft[field] ?? usual)

/** What the user has typed. It is a draft in this browser: a reload does not wipe it. */
export const form = {
  prompt: text('prompt'),
  model: text('model'),
  size: text('size'),
  count: text('count', '1'),
  seed: text('seed'),
  negative: text('negative'),
  steps: text('steps'),
  guidance: text('guidance'),
  name: text('name'),
  tags: text('tags'),
  styles: signal<readonly string[]>(draft.styles ?? []),
  loras: signal<readonly Lora[]>(draft.loras ?? []),
  images: signal<readonly EditImage[]>([]),
}

export const models = signal<readonly Model[]>([])

/** The model that a request gets; undefined if its id is not in the server's list. */
export const chosenModel = computed<Model | undefined>(() =>
  form.model.value ? models.value.find((model) => model.id === form.model.value) : models.value[0],
)

export const chosenStyles = computed(() => styles.value.filter((style) => form.styles.value.includes(style.id)))

/** The prompt as it is sent. */
export const sentPrompt = computed(() => styledPrompt(form.prompt.value, chosenStyles.value))

export const request = computed(() =>
  requestOf({
    ...(Object.fromEntries(texts.map((field) => [field, form[field].value])) as Record<(typeof texts)[number], string>),
    prompt: sentPrompt.value,
    loras: form.loras.value,
    images: form.images.value.map((image) => image.url),
  }),
)

export function toggleStyle(id: string): void {
  const chosen = form.styles.value
  form.styles.value = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]
}

export async function loadModels(): Promise<void> {
  if (models.value.length > 0) return
  const known = await attempt(getModels)
  if (known) models.value = known.items
}

effect(() => {
  const kept: Draft = { styles: [...form.styles.value], loras: [...form.loras.value] }
  for (const field of texts) kept[field] = form[field].value
  localStorage.setItem(name, JSON.stringify(kept))
})

function read(): Draft {
  try {
    return JSON.parse(localStorage.getItem(name) ?? '{}') as Draft
  } catch {
    return {}
  }
}
