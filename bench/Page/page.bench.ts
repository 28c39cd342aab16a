import type { Page } from '@playwright/test'
import { expect, test } from '../../tests/Studio/browser/test.ts'

const picturesOfAJob = 16
const pictures = Number(process.env['DARKROOM_PICTURES'] ?? 2000)
const jobs = pictures / picturesOfAJob

/** A line that the benchmark program reads. */
const result = (name: string, value: number) => console.log(`\nRESULT ${name} ${value}`)

test('first paint, and scrolling through many pictures', async ({ studio, page, app }) => {
  await app.scenario('a wall of pictures', 'sixteen-pictures')
  const request = { prompt: 'a wall of pictures', size: '512x512', seed: 1, tags: ['wall'], reuse: 'identical' }
  const first = (await app.post(request)) as unknown as { images: { url: string }[] }
  for (let at = 1; at < jobs; at++) await app.post(request)

  // A page without script and style, and a page with all pictures at once: what a browser does without our code.
  await page.route('**/baseline/empty', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><p>empty' }))
  const images = Array.from({ length: pictures }, (_, at) => `<img loading=lazy src="${first.images[at % picturesOfAJob]!.url}/thumbnail">`)
  const style =
    '<style>div{display:grid;grid-template-columns:repeat(7,1fr);gap:10px}img{width:100%;aspect-ratio:1;object-fit:cover}</style>'
  const plain = `<!doctype html>${style}<div>${images.join('')}</div>`
  await page.route('**/baseline/all', (route) => route.fulfill({ contentType: 'text/html', body: plain }))

  await page.goto(`${app.url}/baseline/empty`)
  result('baseline-paint', await firstPaint(page))
  await studio.open('/gallery?tag=wall')
  result('page-paint', await firstPaint(page))
  await expect(async () => {
    await page.keyboard.press('End')
    await expect(page.getByText(`${pictures.toLocaleString('en')} pictures`)).toBeVisible({ timeout: 300 })
  }).toPass()
  result('page-elements', await page.locator('.tile').count())
  const scrolled = await scroll(page)
  result('page-longest', scrolled.longest)
  result('page-long', scrolled.total)

  await page.goto(`${app.url}/baseline/all`)
  const baseline = await scroll(page)
  result('baseline-longest', baseline.longest)
  result('baseline-long', baseline.total)
})

const firstPaint = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    for (;;) {
      const paint = performance.getEntriesByName('first-contentful-paint')[0]
      if (paint) return paint.startTime
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
  })

/** Scrolls from the top to the end with the wheel. Long tasks are those over 50 ms, in which the page does not react. */
async function scroll(page: Page): Promise<{ longest: number; total: number }> {
  await page.evaluate(() => {
    window.scrollTo(0, 0)
    const long: number[] = []
    new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: 'longtask' })
    Object.assign(window, { long })
  })
  await page.mouse.move(400, 400)
  for (;;) {
    await page.mouse.wheel(0, 900)
    const isAtEnd = await page.evaluate(async () => {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      return window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 2
    })
    if (isAtEnd) break
  }
  return page.evaluate(() => {
    const { long } = window as unknown as { long: number[] }
    return { longest: Math.max(0, ...long), total: long.reduce((sum, one) => sum + one, 0) }
  })
}
