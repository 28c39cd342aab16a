import shared from '../playwright.config.ts'

/** Makes the pictures of the documentation: npm run studio:pictures. */
export default {
  ...shared,
  testDir: '.',
  testMatch: '*.pictures.ts',
  timeout: 300_000,
  outputDir: '../../../TestResults/pictures',
  reporter: 'line',
}
