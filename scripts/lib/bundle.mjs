import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { cacheFolder, projectRoot } from './paths.mjs'

/**
 * Bundles one TypeScript program of the project so that this Node can run it, and returns the file. The scripts it
 * imports stay where they are, for they look around themselves.
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
    plugins: [scriptsAside],
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      target: 'node20.18',
      rollupOptions: { output: { entryFileNames: `${name}.mjs`, chunkFileNames: `${name}-[name].mjs` } },
    },
  })
  return join(outDir, `${name}.mjs`)
}

const scriptsAside = {
  name: 'scripts-aside',
  /** @type {'pre'} */
  enforce: 'pre',
  /**
   * @param {string} source
   * @param {string | undefined} importer
   */
  resolveId(source, importer) {
    if (!importer || !/^\..*\.mjs$/.test(source)) return undefined
    return { id: pathToFileURL(resolve(dirname(importer), source)).href, external: true }
  },
}
