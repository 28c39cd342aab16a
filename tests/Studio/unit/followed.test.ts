import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressOf, covers, maxJobs, nothing, withBatch, withJob, withoutBatch, withoutJob } from '../../../src/Studio/live/followed.ts'

test('nothing to follow has no address', () => {
  expect(addressOf(nothing)).toBeUndefined()
})

test('the address names every job, batch and the gate', () => {
  const followed = { ...withBatch(withJob(withJob(nothing, 'a'), 'b'), 'c'), gate: true }
  expect(addressOf(followed)).toBe('/api/events?job=b&job=a&batch=c&gate=true')
})

test('the newest jobs win when there are too many', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 120 }), (ids) => {
      const followed = ids.reduce(withJob, nothing)
      expect(followed.jobs).toEqual(ids.toReversed().slice(0, maxJobs))
    }),
  )
})

test('following and leaving again changes nothing', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.uuid(), { maxLength: 20 }), (ids) => {
      const followed = ids.reduce(withJob, nothing)
      expect(withoutJob(withJob(followed, 'x'), 'x')).toEqual(followed)
      expect(withoutBatch(withBatch(followed, 'x'), 'x')).toEqual(followed)
    }),
  )
})

test('an open stream covers what it was opened for, and less, but not more', () => {
  const open = withJob(withJob(nothing, 'a'), 'b')
  expect(covers(open, open)).toBe(true)
  expect(covers(open, withoutJob(open, 'a'))).toBe(true)
  expect(covers(open, withJob(open, 'c'))).toBe(false)
  expect(covers(open, withBatch(open, 'c'))).toBe(false)
  expect(covers(open, { ...open, gate: true })).toBe(false)
})
