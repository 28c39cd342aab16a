import shared from '../../tests/Studio/playwright.config.ts'

export default { ...shared, testDir: '.', testMatch: '*.bench.ts', timeout: 300_000, outputDir: '../../TestResults/page', reporter: 'line' }
