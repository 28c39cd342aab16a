import fc from 'fast-check'
import { expect, test } from 'vitest'
import { filterOf } from '../../../src/Studio/gallery/filter.ts'
import { chinaDay, lastDays, roundUp } from '../../../src/Studio/usage/range.ts'

test('a day begins at midnight in China', () => {
  expect(chinaDay(new Date('2026-11-29T15:59:59Z'))).toBe('2026-11-29')
  expect(chinaDay(new Date('2026-11-29T16:00:00Z'))).toBe('2026-11-30')
})

test('the last days end today', () => {
  expect(lastDays(3, new Date('2026-03-01T12:00:00Z'))).toEqual(['2026-02-27', '2026-02-28', '2026-03-01'])
})

test('the top of an axis is at least the value and not far above it', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), (value) => {
      const top = roundUp(value)
      expect(top).toBeGreaterThanOrEqual(value)
      expect(top).toBeLessThanOrEqual(Math.max(4, value * 2))
    }),
  )
})

test('a filter ignores what it does not know', () => {
  expect(filterOf(new URLSearchParams('status=nonsense&from=yesterday&job=x'))).toEqual({})
})

test('a filter of one day covers the whole day', () => {
  const { from, to } = filterOf(new URLSearchParams('status=succeeded&tag=pets&model=a/b&from=2026-11-30&to=2026-11-30'))
  expect(Date.parse(to!) - Date.parse(from!)).toBe(86_400_000 - 1)
})
