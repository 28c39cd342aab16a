import { computed, signal } from '@preact/signals'
import { en, type Words } from './en.ts'
import { languageFor, type Language } from './language.ts'
import { zh } from './zh.ts'

export type { Language } from './language.ts'

const name = 'darkroom.language'

const stored = localStorage.getItem(name)

export const language = signal<Language>(stored === 'en' || stored === 'zh' ? stored : languageFor(navigator.languages))

/** The words of the current language. A component that reads them is drawn again when the language changes. */
export const words = computed<Words>(() => (language.value === 'zh' ? zh : en))

const locale = computed(() => (language.value === 'zh' ? 'zh-CN' : 'en'))

export function useLanguage(chosen: Language): void {
  language.value = chosen
  localStorage.setItem(name, chosen)
}

export const numberText = (value: number, digits = 0): string => value.toLocaleString(locale.value, { maximumFractionDigits: digits })

export const percentText = (share: number): string => share.toLocaleString(locale.value, { style: 'percent', maximumFractionDigits: 0 })

export const timeText = (at: string): string => new Date(at).toLocaleString(locale.value, { dateStyle: 'medium', timeStyle: 'short' })

/** A duration, such as "12 s" or "3 min". */
export function durationText(seconds: number): string {
  const unit = seconds < 90 ? 'second' : seconds < 5400 ? 'minute' : 'hour'
  const value = unit === 'second' ? seconds : unit === 'minute' ? seconds / 60 : seconds / 3600
  const rounded = unit === 'second' && seconds < 10 ? Math.round(value * 10) / 10 : Math.round(value)
  return rounded.toLocaleString(locale.value, { style: 'unit', unit, unitDisplay: 'short' })
}

export const bytesText = (bytes: number): string =>
  bytes < 1024 * 1024
    ? (bytes / 1024).toLocaleString(locale.value, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 })
    : (bytes / 1024 / 1024).toLocaleString(locale.value, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 })

export const creditsText = ({ min, max }: { min: number; max: number }): string =>
  min === max ? numberText(min, 1) : `${numberText(min, 1)}–${numberText(max, 1)}`
