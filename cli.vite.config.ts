import { defineConfig } from 'vite'

// The command line is one file that needs no node_modules: it starts fast and runs from anywhere. As CommonJS it starts
// some 5 % sooner than as an ES module (`npm run bench send`), and a package.json beside it says that it is one.
export default defineConfig({
  build: {
    target: 'node20.18',
    ssr: 'src/cli/waggle.ts',
    outDir: 'out/cli',
    minify: 'oxc',
    rollupOptions: { output: { format: 'cjs', entryFileNames: 'waggle.js' } },
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
