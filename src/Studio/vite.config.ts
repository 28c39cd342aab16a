import { defineConfig } from 'vite'
import { compress } from './compress.ts'

/** The app that serves the API while `npm run studio:dev` serves the page. */
const app = process.env['DARKROOM_URL'] ?? 'http://127.0.0.1:7071'

export default defineConfig({
  base: '/studio/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    // The colours use light-dark(), which all current browsers have had since 2024.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // A data: URL would not be cached on its own, and the page's policy does not allow data: fonts.
    assetsInlineLimit: 0,
    // Every supported browser can preload modules. The polyfill would be an inline script.
    modulePreload: { polyfill: false },
  },
  plugins: [compress()],
  server: { proxy: { '/api': app, '/docs': app } },
})
