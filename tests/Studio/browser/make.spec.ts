import { expect, test } from './test.ts'

test('a job from typing to the picture, its details and its download', async ({ studio, page, app }) => {
  await studio.open()
  await page.getByLabel('Describe the picture').fill('a golden cat')
  await page.getByRole('button', { name: 'Oil painting' }).click()
  await page.getByLabel('What “Oil painting” adds to the prompt').fill('thick paint')
  await expect(page.getByText('a golden cat, thick paint')).toBeVisible()
  await page.getByLabel('Size').selectOption('1024x1024')
  await page.getByRole('spinbutton', { name: 'Seed' }).fill('7')
  await page.getByRole('button', { name: 'Make it' }).click()

  const card = studio.card('a golden cat, thick paint')
  await expect(card.getByText('Done')).toBeVisible()
  expect(await app.posts('a golden cat')).toBe(1)
  await card.getByRole('link', { name: 'Picture 1' }).click()

  const details = page.getByRole('dialog', { name: 'Details' })
  await expect(details.getByRole('row', { name: 'Seed 7 7' })).toBeVisible()
  await expect(details.getByRole('row', { name: /Steps chosen by the model \d+/ })).toBeVisible()
  expect(new URL(page.url()).searchParams.get('picture')).toBe('0')
  const download = page.waitForEvent('download')
  await details.getByRole('button', { name: 'Download' }).click()
  expect((await download).suggestedFilename()).toMatch(/^a-golden-cat-thick-paint.*\.png$/)
  await page.keyboard.press('Escape')
  await expect(details).toBeHidden()
})

test('again, again with the seed and change this picture do not touch what is in the form', async ({ studio, page }) => {
  await studio.open()
  await studio.make('a silver dog')
  await expect(studio.card('a silver dog').getByText('Done')).toBeVisible()
  const prompt = page.getByLabel('Describe the picture')
  await prompt.fill('something that I am typing')

  await studio.card('a silver dog').getByRole('button', { name: 'Again', exact: true }).click()
  await expect(studio.card('a silver dog')).toHaveCount(2)
  await studio.card('a silver dog').last().getByRole('button', { name: 'Again with this seed' }).click()
  await expect(studio.card('a silver dog')).toHaveCount(3)
  await studio.card('a silver dog').last().getByRole('button', { name: 'Change this picture' }).click()
  await expect(page.getByRole('img', { name: /a-silver-dog/ })).toBeVisible()
  await expect(prompt).toHaveValue('something that I am typing')

  await page.getByRole('button', { name: /^Use Qwen/ }).click()
  await prompt.fill('the same dog in the snow')
  await page.getByRole('button', { name: 'Make it' }).click()
  await expect(studio.card('the same dog in the snow').getByText('Done')).toBeVisible()
})

test('a reload in the middle loses neither the job nor the form', async ({ studio, page }) => {
  await studio.open()
  await studio.make('a red fox')
  await expect(studio.card('a red fox')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Describe the picture')).toHaveValue('a red fox')
  await expect(studio.card('a red fox').getByText('Done')).toBeVisible()
})

test('a refused request says which field is wrong', async ({ studio, page, complaints }) => {
  await studio.open()
  await page.getByText('More options').click()
  await page.getByLabel('Steps').evaluate((input: HTMLInputElement) => input.removeAttribute('max'))
  await page.getByLabel('Steps').fill('101')
  await studio.make('a cat with many steps')
  await expect(page.getByRole('alert')).toContainText('steps:')
  // Chromium itself reports every answer with an error status.
  expect(complaints.splice(0)).toEqual([expect.stringContaining('400')])
})

test('a waiting job shows its place and can be canceled', async ({ studio, page }) => {
  await studio.open()
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText('Nothing new is submitted while paused.')).toBeVisible()
  await studio.make('a job that waits')
  const card = studio.card('a job that waits')
  await expect(card.getByText('Paused by an operator')).toBeVisible()
  await studio.make('a job to stop')
  await studio.card('a job to stop').getByRole('button', { name: 'Cancel' }).click()
  await expect(studio.card('a job to stop').getByText('Canceled ·')).toBeVisible()
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(card.getByText('Done')).toBeVisible()
})
