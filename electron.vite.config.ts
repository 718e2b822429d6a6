import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

// The app's three parts; the command line is built by cli.vite.config.ts. Electron 33 is the oldest that runs them.
// Whose work is bundled: scripts/notices.mjs makes one list of them.
const license = { fileName: 'third-party.json' }

export default defineConfig({
  main: {
    build: {
      target: 'node20.18',
      license,
      rollupOptions: {
        input: {
          main: 'src/main/main.ts',
          headless: 'src/main/headless.ts',
          'desktop-worker': 'src/main/desktop/x11/desktop-worker.ts',
          'win32-worker': 'src/main/desktop/win32/desktop-worker.ts',
        },
      },
    },
  },
  preload: {
    build: {
      rollupOptions: {
        input: { preload: 'src/preload/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), tailwindcss()],
    // Nothing is inlined as data: the page's policy takes files of its own only.
    build: {
      target: 'chrome130',
      license,
      assetsInlineLimit: 0,
      rollupOptions: {
        input: ['index', 'calibrate', 'quick-send'].map((page) => `src/renderer/${page}.html`),
      },
    },
  },
})
