import { join } from 'node:path'
import { projectRoot } from '../lib/paths.mjs'

/** What runs on a Windows Node, each a file of its own; the threads are found beside those that begin them. */
const programs = {
  'desktop-worker': 'src/main/desktop/win32/desktop-worker.ts',
  'desktop-host': 'test/windows/programs/desktop-host.ts',
  'waggle-host': 'test/windows/programs/waggle-host.ts',
  stage: 'test/windows/programs/stage.ts',
  console: 'test/windows/programs/console.ts',
}

/**
 * Builds the test programs for a Windows Node, each time: they hold the code under test.
 * @param {string} outDir
 * @returns {Promise<string>} that folder
 */
export async function bundleWindows(outDir) {
  const { build } = await import('vite')
  await build({
    configFile: false,
    root: projectRoot,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20.18',
      rollupOptions: {
        input: Object.fromEntries(
          Object.entries(programs).map(([name, file]) => [name, join(projectRoot, file)]),
        ),
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-part.mjs' },
      },
    },
  })
  return outDir
}
