import { expect, test } from './test.ts'

test('a gallery of 2,000 pictures: paging, filters in the address, few elements', async ({ studio, page, app }) => {
  const request = { prompt: 'a wall of pictures', size: '512x512', seed: 1, count: 16, tags: ['wall'] }
  await app.post(request)
  // An identical request with `reuse` is answered with the same pictures as a new job, without a task. So 2,000 are there in seconds.
  const again = Array.from({ length: 124 }, () => ({ ...request, reuse: 'identical' }))
  for (let at = 0; at < again.length; at += 8) await Promise.all(again.slice(at, at + 8).map((one) => app.post(one)))
  expect(await app.posts('a wall of pictures')).toBe(16)

  await studio.open('/gallery?tag=wall')
  await expect(page.getByLabel('Tag')).toHaveValue('wall')
  const tiles = page.getByRole('link', { name: /^Picture \d+: a wall of pictures/ })
  await expect(tiles.first()).toBeVisible()
  await expect(async () => {
    await page.keyboard.press('End')
    await expect(page.getByText('2,000 pictures')).toBeVisible({ timeout: 500 })
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
