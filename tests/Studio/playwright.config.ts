import { defineConfig } from '@playwright/test'

const chromium = process.env['DARKROOM_CHROMIUM']

export default defineConfig({
  testDir: 'browser',
  // The tests share one app and one machine: a second browser beside the first would only make both slower.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  outputDir: '../../TestResults/studio',
  reporter: [['list'], ['./browser/countReporter.ts']],
  use: {
    locale: 'en-US',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1360, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'],
    },
  },
})
