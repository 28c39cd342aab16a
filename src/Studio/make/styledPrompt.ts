import type { Style } from './styles.ts'

/** The prompt with the words of the chosen styles, as it is sent. */
export function styledPrompt(prompt: string, chosen: readonly Style[]): string {
  const separator = /[\u3400-\u9fff]/.test(prompt) ? '，' : ', '
  return [prompt.trim(), ...chosen.map((style) => style.text.trim())].filter((part) => part.length > 0).join(separator)
}
