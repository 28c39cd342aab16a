import { expect, test } from 'vitest'
import { en } from '../../../src/Studio/words/en.ts'
import { languageFor } from '../../../src/Studio/words/language.ts'
import { zh } from '../../../src/Studio/words/zh.ts'

/** All texts with their paths. A text with values in it is called with samples. */
function texts(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([name, value]) => {
    const here = `${path}.${name}`
    if (typeof value === 'string') return [[here, value] as [string, string]]
    if (typeof value === 'function') return [[here, String((value as (...values: unknown[]) => string)(7, 8))] as [string, string]]
    return texts(value as object, here)
  })
}

// An empty text is meant: a job that is done has no stage to tell.
const empty = ['.job.stage.done']
const same = new Map(texts(en))

test('both languages have every text', () => {
  expect(texts(zh).map(([path]) => path)).toEqual([...same.keys()])
  for (const [path, text] of [...texts(en), ...texts(zh)]) expect(text.trim() !== '' || empty.includes(path), path).toBe(true)
})

test('every Chinese text with a value shows the value', () => {
  for (const [path, text] of texts(zh)) {
    if (/\b7\b/.test(same.get(path)!)) expect(text, path).toContain('7')
  }
})

test('the browser decides the language', () => {
  expect(languageFor(['zh-CN', 'en'])).toBe('zh')
  expect(languageFor(['de', 'zh-Hant'])).toBe('zh')
  expect(languageFor(['de', 'en-GB', 'zh'])).toBe('en')
  expect(languageFor([])).toBe('en')
})
