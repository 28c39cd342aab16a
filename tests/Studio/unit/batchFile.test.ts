import fc from 'fast-check'
import { expect, test } from 'vitest'
import { batchFileOf, checkedLines } from '../../../src/Studio/batches/file.ts'

test('the extension decides the format', () => {
  const typeOf = (name: string) => batchFileOf(new File([''], name)).contentType
  expect(typeOf('a.jsonl')).toBe('application/x-ndjson')
  expect(typeOf('a.CSV')).toBe('text/csv')
  expect(typeOf('a.json')).toBe('application/json')
  expect(typeOf('prompts')).toBe('text/plain')
})

test('lines are numbered as in the file, with their problems', () => {
  const { lines, hidden } = checkedLines('prompt\na cat\n\n,\n', 'text/csv', [{ line: 4, field: 'prompt', message: 'Is required.' }], 10)
  expect(lines).toEqual([
    { line: 1, text: 'prompt', problems: [], isHeader: true },
    { line: 2, text: 'a cat', problems: [], isHeader: false },
    { line: 4, text: ',', problems: ['prompt: Is required.'], isHeader: false },
  ])
  expect(hidden).toBe(0)
})

test('comments of a text file are left out', () => {
  expect(checkedLines('# pets\na cat', 'text/plain', [], 10).lines.map((line) => line.line)).toEqual([2])
})

test('a JSON document lists only its problems', () => {
  const { lines } = checkedLines('{"items":[]}', 'application/json', [{ line: 3, field: 'size', message: 'Is wrong.' }], 10)
  expect(lines).toEqual([{ line: 3, text: '', problems: ['size: Is wrong.'], isHeader: false }])
})

test('a line with a problem is never hidden, and no line is lost', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 300 })),
      fc.integer({ min: 0, max: 50 }),
      (count, bad, most) => {
        const text = Array.from({ length: count }, (_, at) => `line ${at + 1}`).join('\n')
        const invalid = bad.filter((line) => line <= count).map((line) => ({ line, field: 'prompt', message: 'wrong' }))
        const { lines, hidden } = checkedLines(text, 'text/plain', invalid, most)
        expect(lines.length + hidden).toBe(count)
        for (const { line } of invalid) expect(lines.some((one) => one.line === line && one.problems.length === 1)).toBe(true)
      },
    ),
  )
})
