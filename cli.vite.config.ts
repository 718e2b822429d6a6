import { defineConfig } from 'vite'

// The command line is one file that needs no node_modules: it starts fast and runs from anywhere.
export default defineConfig({
  build: {
    target: 'node20.18',
    ssr: 'src/cli/waggle.ts',
    outDir: 'out/cli',
    minify: 'oxc',
    rollupOptions: { output: { entryFileNames: 'waggle.js' } },
  },
  ssr: { noExternal: true },
})
