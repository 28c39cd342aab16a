import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { App } from '../browser/app.ts'
import { root } from '../browser/programs.ts'
import { expect, Studio, test } from '../browser/test.ts'
import { gifOf, type Frame } from './gif.ts'

const images = (name: string) => join(root, 'docs', 'images', name)

const prompts = [
  'a golden cat on a hill at night',
  'a lighthouse by the sea at dawn',
  'a silver dog in the snow',
  'a mountain lake at sunrise',
  'a red fox in an autumn forest',
  'a sailing boat at sunset',
  'a desert under the stars',
  'an owl in a pine tree',
]

test.use({ colorScheme: 'dark' })

/** Enough pictures for a gallery. */
async function fill({ app }: Studio): Promise<void> {
  const jobs = prompts.flatMap((prompt, at) =>
    [1, 2, 3].map((seed) => ({ prompt, seed: at * 10 + seed, size: '1024x1024', tags: ['docs'] })),
  )
  await Promise.all(jobs.map((job) => app.post(job)))
}

test('screenshots', async ({ studio, page }) => {
  await fill(studio)
  await studio.open()
  await expect(page.getByRole('article').first().getByRole('img').or(page.locator('.card img').first())).toBeVisible()
  await page.getByLabel('Describe the picture').fill('a golden cat on a tiled roof, lanterns, light rain')
  await page.getByRole('button', { name: 'Cinematic' }).click()
  await settled(studio)
  await page.screenshot({ path: images('studio-make.png') })
  await studio.open('/gallery')
  await settled(studio)
  await page.screenshot({ path: images('studio-gallery.png') })
  await page.locator('.tile').first().click()
  await expect(page.getByRole('dialog').getByRole('row', { name: /^Size/ })).toBeVisible()
  await settled(studio)
  await page.screenshot({ path: images('studio-details.png') })
})

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN', colorScheme: 'light' })

  test('screenshots', async ({ studio, page }) => {
    await studio.open()
    await page.getByLabel('描述你想要的画面').fill('夜色中屋顶上的一只金色的猫，灯笼，细雨')
    await page.getByRole('button', { name: '水墨' }).click()
    await settled(studio)
    await page.screenshot({ path: images('studio-make.zh.png') })
    await studio.open('/usage')
    await settled(studio)
    await page.screenshot({ path: images('studio-usage.zh.png') })
  })
})

test.describe('the recording', () => {
  test.use({ viewport: { width: 1080, height: 720 } })

  test('from the prompt to the picture', async ({ page }) => {
    // As fast as ModelScope, so that the progress can be seen.
    const app = await App.start({ speed: 1 })
    const studio = new Studio(page, app)
    const frames: Frame[] = []
    const take = async (delay: number) => frames.push({ png: await page.screenshot(), delay })
    try {
      await fill(studio)
      await studio.open()
      await settled(studio)
      const prompt = page.getByLabel('Describe the picture')
      await take(1500)
      for (const word of 'a lighthouse by the sea at dusk'.split(/(?<= )/)) {
        await prompt.pressSequentially(word)
        await take(220)
      }
      await page.getByRole('button', { name: 'Oil painting' }).click()
      await take(1200)
      await page.getByRole('button', { name: 'Make it' }).click()
      const card = studio.card('a lighthouse by the sea at dusk')
      await card.waitFor()
      while (!(await card.getByText('Done').isVisible())) {
        await take(500)
        await page.waitForTimeout(400)
      }
      await settled(studio)
      await take(2500)
      await card.getByRole('link', { name: 'Picture 1' }).click()
      await expect(page.getByRole('dialog').getByRole('row', { name: /^Size/ })).toBeVisible()
      await settled(studio)
      await take(3500)
      await page.keyboard.press('Escape')
      await page.getByRole('link', { name: 'Gallery' }).click()
      await expect(page.locator('.tile').first()).toBeVisible()
      await settled(studio)
      await take(3500)
      await writeFile(images('studio.gif'), gifOf(frames))
    } finally {
      await page.close()
      await app.stop()
    }
  })
})

/** Waits until every picture in view is drawn. */
async function settled({ page }: Studio): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    const inView = [...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight)
    await Promise.all(inView.map((image) => image.decode().catch(() => undefined)))
  })
}
