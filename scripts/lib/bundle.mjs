import { join } from 'node:path'
import { cacheFolder, projectRoot } from './paths.mjs'

/**
 * Bundles one TypeScript program of the project so that this Node can run it, and returns the file. The scripts it
 * imports stay what they are, so that they know where they stand.
 * @param {string} entry from the project's folder
 * @param {string} name of the file, without its ending
 */
export async function bundle(entry, name) {
  const { build } = await import('vite')
  const outDir = join(cacheFolder, 'bundle')
  await build({
    configFile: false,
    root: projectRoot,
    logLevel: 'warn',
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      target: 'node20.18',
      rollupOptions: {
        external: /\.mjs$/,
        output: { entryFileNames: `${name}.mjs`, chunkFileNames: `${name}-[name].mjs` },
      },
    },
  })
  return join(outDir, `${name}.mjs`)
}
