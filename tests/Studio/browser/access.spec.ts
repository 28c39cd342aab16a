import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './test.ts'

/** The views, each with something that is there when it is loaded. */
const views = { '': /slots? in use/, '/gallery': /pictures?$/, '/batches': /Batches of the last 30 days/, '/usage': /Pictures a day/ }

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in ${colorScheme} colours`, async ({ studio, page }) => {
    await page.emulateMedia({ colorScheme })
    await studio.open()
    await studio.make(`a picture in ${colorScheme} colours`)
    await expect(studio.card(`a picture in ${colorScheme} colours`).getByText('Done')).toBeVisible()
    for (const [view, content] of Object.entries(views)) {
      await studio.open(view)
      await expect(page.getByText(content).first()).toBeVisible()
      await expectNoFindings(view)
    }
    await studio.open()
    await page.getByText('More options').click()
    await page.getByRole('button', { name: 'Watercolour' }).click()
    await expectNoFindings('the form')
    await studio.card(`a picture in ${colorScheme} colours`).getByRole('link', { name: 'Details' }).click()
    await expect(page.getByRole('dialog').getByRole('row', { name: /^Size/ })).toBeVisible()
    await expectNoFindings('the details')

    async function expectNoFindings(where: string): Promise<void> {
      const { violations } = await new AxeBuilder({ page }).analyze()
      const serious = violations.filter((finding) => finding.impact === 'serious' || finding.impact === 'critical')
      expect(serious.map((finding) => `${where}: ${finding.id} ${finding.nodes.map((node) => node.html).join(' ')}`)).toEqual([])
    }
  })
}

test('the keyboard alone makes a picture and looks at it', async ({ studio, page }) => {
  await studio.open()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Describe the picture')).toBeFocused()
  await page.keyboard.type('a cat by keyboard')
  await page.keyboard.press('Control+Enter')
  const card = studio.card('a cat by keyboard')
  await expect(card.getByText('Done')).toBeVisible()
  const picture = card.getByRole('link', { name: 'Picture 1' })
  for (let presses = 0; presses < 80 && !(await picture.evaluate((link) => link === document.activeElement)); presses++)
    await page.keyboard.press('Tab')
  await expect(picture).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Details' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Details' })).toBeHidden()
})

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' })

  test('the browser decides the language, and it can be switched', async ({ studio, page }) => {
    await studio.open()
    await expect(page.getByRole('heading', { name: '生成图片' })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
    await page.getByLabel('描述你想要的画面').fill('一只金色的猫')
    await page.getByRole('button', { name: '水墨' }).click()
    await page.getByRole('button', { name: '开始生成' }).click()
    await expect(studio.card('一只金色的猫，水墨画，留白，写意').getByText('完成')).toBeVisible()
    await page.getByLabel('语言').selectOption('en')
    await expect(page.getByRole('heading', { name: 'Make a picture' })).toBeVisible()
    await page.reload()
    await expect(page.getByRole('heading', { name: 'Make a picture' })).toBeVisible()
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('every view fits the width', async ({ studio, page }) => {
    for (const [view, content] of Object.entries(views)) {
      await studio.open(view)
      await expect(page.getByText(content).first()).toBeVisible()
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow, view).toBeLessThanOrEqual(0)
    }
    await studio.open()
    await studio.make('a cat on a phone')
    await expect(studio.card('a cat on a phone').getByText('Done')).toBeVisible()
    await studio.card('a cat on a phone').getByRole('link', { name: 'Picture 1' }).tap()
    await expect(page.getByRole('dialog', { name: 'Details' })).toBeVisible()
  })
})

test('the first paint needs less than 100 KB', async ({ studio, page }) => {
  const client = await page.context().newCDPSession(page)
  await client.send('Network.enable')
  const sizes = new Map<string, number>()
  const kinds = new Map<string, string>()
  client.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type))
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => sizes.set(requestId, encodedDataLength))
  await studio.open()
  await expect(page.getByRole('heading', { name: 'Make a picture' })).toBeVisible()
  const paint = ['Document', 'Script', 'Stylesheet', 'Font']
  const bytes = [...sizes].filter(([id]) => paint.includes(kinds.get(id) ?? '')).reduce((sum, [, size]) => sum + size, 0)
  expect(bytes).toBeGreaterThan(10_000)
  expect(bytes).toBeLessThan(100_000)
})
