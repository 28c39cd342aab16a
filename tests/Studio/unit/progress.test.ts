import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pauseAfter } from '../../../src/Studio/live/backoff.ts'
import { progressAt } from '../../../src/Studio/jobs/progress.ts'
import type { Job } from '../../../src/Studio/api/types.ts'

const running = (percent: number, etaSeconds?: number): Pick<Job, 'status' | 'progress'> => ({
  status: 'generating',
  progress: { polls: 1, percent, ...(etaSeconds === undefined ? {} : { etaSeconds }) },
})

test('a finished job is at its end', () => {
  expect(progressAt({ status: 'failed', progress: { polls: 3, percent: 100 } }, 5000)).toEqual({ percent: 100, seconds: undefined })
})

test('without an expected time the progress stays where it was', () => {
  expect(progressAt(running(40), 60_000)).toEqual({ percent: 40, seconds: undefined })
})

test('half of the time is half of the way that was left', () => {
  expect(progressAt(running(20, 10), 5000)).toEqual({ percent: 60, seconds: 5 })
})

test('a running job never goes back and never reaches its end', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 99 }),
      fc.integer({ min: 0, max: 600 }),
      fc.nat(900_000),
      fc.nat(900_000),
      (percent, eta, one, more) => {
        const early = progressAt(running(percent, eta), one)
        const late = progressAt(running(percent, eta), one + more)
        expect(late.percent).toBeGreaterThanOrEqual(early.percent)
        expect(late.percent).toBeLessThanOrEqual(99)
        expect(late.seconds).toBeLessThanOrEqual(early.seconds!)
        expect(late.seconds).toBeGreaterThanOrEqual(0)
      },
    ),
  )
})

test('pauses grow, are never longer than ten seconds and never zero', () => {
  expect(pauseAfter(1, () => 1)).toBe(500)
  expect(pauseAfter(2, () => 1)).toBe(1000)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const pause = pauseAfter(failures, () => random)
      expect(pause).toBeGreaterThanOrEqual(250)
      expect(pause).toBeLessThanOrEqual(10_000)
    }),
  )
})
