import { expect, test } from './test.ts'

test('a gallery of 2,000 pictures: paging, filters in the address, few elements', async ({ studio, page, app }) => {
  await app.scenario('a wall of pictures', 'sixteen-pictures')
  const request = { prompt: 'a wall of pictures', size: '512x512', seed: 1, tags: ['wall'], reuse: 'identical' }
  // The first request is a task that brings 16 pictures. Each repeat is a new job with the same pictures, without a task: 2,000 in seconds.
  await app.post(request)
  for (let jobs = 1; jobs < 125; jobs += 4) await Promise.all(Array.from({ length: 4 }, () => app.post(request)))
  expect(await app.posts('a wall of pictures')).toBe(1)

  await studio.open('/gallery?tag=wall')
  await expect(page.getByLabel('Tag')).toHaveValue('wall')
  const tiles = page.getByRole('link', { name: /^Picture \d+: a wall of pictures/ })
  await expect(tiles.first()).toBeVisible()
  await expect(async () => {
    await page.keyboard.press('End')
    await expect(page.getByText('2,000 pictures')).toBeVisible({ timeout: 300 })
  }).toPass({ timeout: 100_000 })
  expect(await tiles.count()).toBeLessThan(150)

  await tiles.last().click()
  await expect(page.getByRole('dialog', { name: 'Details' })).toBeVisible()
  await page.getByRole('button', { name: 'Next picture' }).click()
  await page.goBack()
  await expect(page.getByRole('dialog', { name: 'Details' })).toBeHidden()
  await page.getByLabel('Model').fill('no/such-model')
  await page.getByLabel('Model').press('Enter')
  await expect(page.getByText('No pictures match.')).toBeVisible()
  expect(new URL(page.url()).searchParams.get('model')).toBe('no/such-model')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(tiles.first()).toBeVisible()
})
