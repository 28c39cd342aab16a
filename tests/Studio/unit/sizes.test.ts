import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isOutside, sidesOf, sizesFor } from '../../../src/Studio/make/sizes.ts'

test('a model with a megapixel in its range is offered the usual sizes', () => {
  expect(sizesFor({ min: 512, max: 2048 })).toContain('1024x1024')
  expect(sizesFor({ min: 512, max: 2048 })).toContain('2048x2048')
  expect(sizesFor({ min: 512, max: 2048 })).toContain('1344x768')
})

test('every offered size is within the documented range', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 9, max: 40 }), (low, high) => {
      const range = { min: low * 64, max: high * 64 }
      const sizes = sizesFor(range)
      expect(sizes.length).toBeGreaterThan(0)
      expect(new Set(sizes).size).toBe(sizes.length)
      for (const size of sizes) expect(isOutside(size, range)).toBe(false)
    }),
  )
})

test('sides are read from a size, and from nothing else', () => {
  expect(sidesOf('640x480')).toEqual([640, 480])
  expect(sidesOf('640X480')).toBeUndefined()
  expect(sidesOf('large')).toBeUndefined()
})

test('a model without documentation has no limits', () => {
  expect(isOutside('9000x9000', undefined)).toBe(false)
})
