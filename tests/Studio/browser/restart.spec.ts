import { App } from './app.ts'
import { expect, Studio, test } from './test.ts'

test('a server that is killed and started again in the middle: the picture appears, and is paid once', async ({ page, complaints }) => {
  test.setTimeout(300_000)
  // Slow enough that the task is still running when the server is killed.
  const app = await App.start({ speed: 0.5 })
  try {
    const studio = new Studio(page, app)
    await studio.open()
    await studio.make('a cat that survives a crash')
    const card = studio.card('a cat that survives a crash')
    await expect(card.getByText('ModelScope paints')).toBeVisible()

    await app.kill()
    await expect(page.getByText('The connection to the server was lost.')).toBeVisible()
    await app.startAgain()
    await expect(page.getByText('The connection to the server was lost.')).toBeHidden()
    // The engine waits a minute before it takes over the work of a process that was killed.
    await expect(card.getByText('Done')).toBeVisible({ timeout: 200_000 })
    expect(await app.posts('a cat that survives a crash')).toBe(1)
    // While the server is away, the browser reports each lost connection. Nothing else may be reported.
    expect(complaints.splice(0).filter((complaint) => !complaint.includes('net::ERR_'))).toEqual([])
  } finally {
    // A page that is still open would report that the app is gone.
    await page.close()
    await app.stop()
  }
})

test('a server that requires a key: the page asks for it, and never puts it into an address', async ({ page, complaints }) => {
  const app = await App.start({ requireKey: true })
  try {
    const addresses: string[] = []
    page.on('request', (request) => addresses.push(request.url()))
    const studio = new Studio(page, app)
    await studio.open()
    const prompt = page.getByRole('dialog', { name: 'This server needs a key' })
    await prompt.getByLabel('Function key').fill('wrong')
    await prompt.getByRole('button', { name: 'Use this key' }).click()
    await expect(prompt.getByText('The server refused this key.')).toBeVisible()
    const key = await app.key()
    await prompt.getByLabel('Function key').fill(key)
    await prompt.getByRole('button', { name: 'Use this key' }).click()
    await expect(prompt).toBeHidden()
    await studio.make('a secret cat')
    const picture = studio.card('a secret cat').getByRole('link', { name: 'Picture 1' }).locator('img')
    await expect(picture).toHaveAttribute('src', /^blob:/)
    expect(addresses.filter((address) => address.includes(key))).toEqual([])
    expect(complaints.splice(0).filter((complaint) => !complaint.includes('401'))).toEqual([])
  } finally {
    // A page that is still open would report that the app is gone.
    await page.close()
    await app.stop()
  }
})
