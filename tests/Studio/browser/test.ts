import { expect, test as base, type Page } from '@playwright/test'
import { App } from './app.ts'

interface Fixtures {
  /** What the browser complained about. The test fails if anything is left in it. */
  complaints: string[]
  studio: Studio
}

interface WorkerFixtures {
  app: App
}

/** The page in a browser. */
export class Studio {
  readonly page: Page
  readonly app: App

  constructor(page: Page, app: App) {
    this.page = page
    this.app = app
  }

  async open(path = ''): Promise<void> {
    await this.page.goto(`${this.app.url}/studio${path}`)
    await this.page.locator('main').waitFor()
  }

  /** Types a prompt and sends the form. */
  async make(prompt: string): Promise<void> {
    await this.page.getByLabel('Describe the picture').fill(prompt)
    await this.page.getByRole('button', { name: 'Make it' }).click()
  }

  card(prompt: string) {
    return this.page.getByRole('article', { name: prompt })
  }
}

/** A test with the app and a page. Console errors, unhandled exceptions and reports of the content policy fail it. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  app: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern; this one needs none.
    async ({}, use) => {
      const app = await App.start()
      await use(app)
      await app.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = []
      await listen(page, complaints)
      await use(complaints)
      expect(complaints).toEqual([])
    },
    { auto: true },
  ],
  studio: async ({ page, app }, use) => {
    await use(new Studio(page, app))
  },
})

/** Collects what the browser complains about. */
async function listen(page: Page, complaints: string[]): Promise<void> {
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`))
  await page.exposeFunction('reportViolation', (text: string) => complaints.push(`policy: ${text}`))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { reportViolation } = window as unknown as { reportViolation: (text: string) => void }
      reportViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)
    })
  })
}

export { expect }
