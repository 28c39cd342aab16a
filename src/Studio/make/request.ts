import type { ImageRequest } from '../api/types.ts'

/** What is in the form, as text. */
export interface FormValues {
  prompt: string
  model: string
  size: string
  count: string
  seed: string
  negative: string
  steps: string
  guidance: string
  name: string
  tags: string
  loras: readonly Lora[]
  images: readonly string[]
}

export interface Lora {
  id: string
  weight: string
}

/** The request for the values of the form. Empty fields are left out, so the defaults of the server apply. */
export function requestOf(values: FormValues): ImageRequest {
  const request: ImageRequest = { prompt: values.prompt }
  const put = (name: string, value: unknown) => {
    if (value !== undefined && value !== '') request[name] = value
  }
  put('model', values.model)
  put('size', values.size)
  put('seed', numberOf(values.seed))
  put('negative_prompt', values.negative.trim())
  put('steps', numberOf(values.steps))
  put('guidance', numberOf(values.guidance))
  put('name', values.name.trim())
  put('loras', lorasOf(values.loras))
  const count = numberOf(values.count)
  if (count !== 1) put('count', count)
  const tags = tagsOf(values.tags)
  if (tags.length > 0) request.tags = tags
  if (values.images.length > 0) request.image_url = values.images.length === 1 ? values.images[0]! : [...values.images]
  return request
}

/** The sum of the weights of several LoRAs; undefined for none or one, which need no weight. */
export function loraSum(loras: readonly Lora[]): number | undefined {
  const named = loras.filter((lora) => lora.id.trim())
  return named.length > 1 ? named.reduce((sum, lora) => sum + (Number(lora.weight) || 0), 0) : undefined
}

/** Tags in a line of text: separated by commas, also the Chinese ones. */
export const tagsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,，;；]/)
      .map((tag) => tag.trim())
      .filter((tag) => tag),
  ),
]

function lorasOf(loras: readonly Lora[]): string | Record<string, number> | undefined {
  const named = loras.filter((lora) => lora.id.trim())
  if (named.length === 0) return undefined
  if (named.length === 1) return named[0]!.id.trim()
  return Object.fromEntries(named.map((lora) => [lora.id.trim(), Number(lora.weight)]))
}

// A text that is no number is sent as it is: the server's error names the field.
function numberOf(text: string): number | string | undefined {
  const trimmed = text.trim()
  if (!trimmed) return undefined
  const value = Number(trimmed)
  return Number.isFinite(value) ? value : trimmed
}
