import { defineConfig } from 'vite'

// The client for Node programs (`import … from 'waggle/client'`): one ES module that needs no node_modules.
export default defineConfig({
  build: {
    target: 'node20.18',
    license: { fileName: 'third-party.json' },
    ssr: 'src/client/waggle-client.ts',
    outDir: 'out/client',
    minify: false,
    rollupOptions: { output: { format: 'esm', entryFileNames: 'waggle-client.js' } },
  },
  ssr: { noExternal: true },
})
