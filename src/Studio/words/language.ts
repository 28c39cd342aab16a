/** The languages of the page. */
export type Language = 'en' | 'zh'

/** The language for a list of languages as the browser gives it, the preferred one first. */
export function languageFor(preferred: readonly string[]): Language {
  const known = preferred.map((tag) => tag.toLowerCase().split('-')[0]).find((tag) => tag === 'en' || tag === 'zh')
  return known === 'zh' ? 'zh' : 'en'
}
