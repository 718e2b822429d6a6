import { join } from 'node:path'
import { defineConfig } from 'vite'

/** The pages of the real inputs, bundled for every browser that shows them. */
export default defineConfig({
  root: join(import.meta.dirname, 'page'),
  base: './',
  logLevel: 'error',
  build: {
    outDir: join(import.meta.dirname, '../../.cache/inputs'),
    emptyOutDir: true,
    target: 'chrome130',
    minify: false,
    chunkSizeWarningLimit: 20_000,
    reportCompressedSize: false,
  },
  worker: { format: 'es' },
})
