import { expect, test } from 'vitest'
import { loraSum, requestOf, tagsOf, type FormValues } from '../../../src/Studio/make/request.ts'
import { styledPrompt } from '../../../src/Studio/make/styledPrompt.ts'
import type { Style } from '../../../src/Studio/make/styles.ts'

const empty: FormValues = {
  prompt: 'a cat',
  model: '',
  size: '',
  count: '1',
  seed: '',
  negative: '',
  steps: '',
  guidance: '',
  name: '',
  tags: '',
  loras: [],
  images: [],
}

test('empty fields are left out', () => {
  expect(requestOf(empty)).toEqual({ prompt: 'a cat' })
})

test('every field gets the name of the API', () => {
  const values = {
    ...empty,
    model: 'Qwen/Qwen-Image',
    size: '1024x768',
    count: '3',
    seed: '0',
    negative: ' blurry ',
    steps: '9',
    guidance: '3.5',
    name: 'cat',
    tags: 'pets, night，猫',
  }
  expect(requestOf(values)).toEqual({
    prompt: 'a cat',
    model: 'Qwen/Qwen-Image',
    size: '1024x768',
    count: 3,
    seed: 0,
    negative_prompt: 'blurry',
    steps: 9,
    guidance: 3.5,
    name: 'cat',
    tags: ['pets', 'night', '猫'],
  })
})

test('a text that is no number goes to the server, whose error names the field', () => {
  expect(requestOf({ ...empty, seed: 'seven' }).seed).toBe('seven')
})

test('one LoRA is a text, several are weights', () => {
  const one = [{ id: ' a/b ', weight: '1' }]
  const two = [...one, { id: 'c/d', weight: '0.4' }]
  expect(requestOf({ ...empty, loras: [{ id: ' ', weight: '1' }] }).loras).toBeUndefined()
  expect(requestOf({ ...empty, loras: one }).loras).toBe('a/b')
  expect(requestOf({ ...empty, loras: two }).loras).toEqual({ 'a/b': 1, 'c/d': 0.4 })
  expect(loraSum(one)).toBeUndefined()
  expect(loraSum(two)).toBeCloseTo(1.4)
})

test('one picture is a text, several are a list', () => {
  expect(requestOf({ ...empty, images: ['data:a'] }).image_url).toBe('data:a')
  expect(requestOf({ ...empty, images: ['data:a', 'data:b'] }).image_url).toEqual(['data:a', 'data:b'])
})

test('tags are separated by commas of both languages, without repeats', () => {
  expect(tagsOf('a,b，a; c；')).toEqual(['a', 'b', 'c'])
})

test('styles extend the prompt, with the comma of its language', () => {
  const style = (text: string): Style => ({ id: text, name: { en: text, zh: text }, text })
  expect(styledPrompt(' a cat ', [style('oil painting'), style(' ')])).toBe('a cat, oil painting')
  expect(styledPrompt('一只猫', [style('水墨画')])).toBe('一只猫，水墨画')
  expect(styledPrompt('', [])).toBe('')
})
