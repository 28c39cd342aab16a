import { readFile } from 'node:fs/promises'
import { expect, test } from './test.ts'

test('a batch of 50 lines with two invalid ones: checked, started, followed, downloaded', async ({ studio, page }) => {
  const lines = Array.from({ length: 50 }, (_, at) =>
    JSON.stringify({ prompt: `animal ${at + 1}`, size: '512x512', customId: `a${at + 1}` }),
  )
  lines[6] = JSON.stringify({ prompt: '' })
  lines[41] = JSON.stringify({ prompt: 'animal 42', size: 'large' })
  await studio.open('/batches')
  const file = { name: 'animals.jsonl', mimeType: 'application/x-ndjson', buffer: Buffer.from(lines.join('\n')) }
  await page.getByLabel('Choose a file').setInputFiles(file)

  await expect(page.getByText('2 lines are not valid and will be skipped')).toBeVisible()
  await expect(page.getByRole('row', { name: /^7 .*prompt: Is required/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /^42 .*size: Must be width and height/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /^1 .*valid/ })).toBeVisible()
  await expect(page.getByText('Credits: 24–96')).toBeVisible()
  await page.getByRole('button', { name: 'Start 48 pictures' }).click()

  await expect(page.getByRole('link', { name: /^animal / }).first()).toBeVisible()
  await expect(page.getByText('Finished')).toBeVisible({ timeout: 100_000 })
  await expect(page.getByText('48 of 48')).toBeVisible()
  await expect(page.getByText('2 invalid lines were skipped')).toBeVisible()

  const results = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download results' }).click()
  const text = await readFile(await (await results).path(), 'utf8')
  expect(text.trim().split('\n')).toHaveLength(48)
  const zip = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download pictures' }).click()
  const packed = await readFile(await (await zip).path())
  // Each entry of a zip file has one record with this signature in the directory at its end.
  expect(packed.toString('latin1').split('PK\x01\x02')).toHaveLength(49)

  await page.getByRole('link', { name: 'Batches', exact: true }).last().click()
  await expect(page.getByRole('link', { name: /^Batch / }).first()).toBeVisible()
})

test('failed items are retried in a batch of their own', async ({ studio, page, app }) => {
  await app.scenario('refused', 'moderated', 1)
  await studio.open('/batches')
  await page
    .getByLabel('Choose a file')
    .setInputFiles({ name: 'two.txt', mimeType: 'text/plain', buffer: Buffer.from('a good one\nrefused once\n') })
  await page.getByRole('button', { name: 'Start 2 pictures' }).click()
  await page.getByRole('button', { name: 'Retry 1 failed' }).click()
  await expect(page.getByText('Retries failed items of')).toBeVisible()
  await expect(page.getByText('1 of 1')).toBeVisible()
  await expect(page.getByText('1 done')).toBeVisible()
})
