import { defineConfig } from 'vite'

// The command line is one file that needs no node_modules: it starts fast and runs from anywhere. As CommonJS it starts
// some 5 % sooner than as an ES module (`npm run bench send`), and a package.json beside it says that it is one. Only
// `waggle wrap` and `waggle mcp` load more: their own files beside it, and the native part that makes pseudo-terminals.
export default defineConfig({
  build: {
    target: 'node20.18',
    license: { fileName: 'third-party.json' },
    ssr: 'src/cli/waggle.ts',
    outDir: 'out/cli',
    minify: 'oxc',
    rollupOptions: {
      external: ['@lydell/node-pty'],
      output: { format: 'cjs', entryFileNames: 'waggle.js', chunkFileNames: '[name].js' },
    },
  },
  ssr: { noExternal: true },
  plugins: [
    {
      name: 'commonjs-folder',
      generateBundle() {
        this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' })
      },
    },
  ],
})
