import { join } from 'node:path'
import { projectRoot } from '../lib/paths.mjs'

/** What runs on a Windows Node, each a file of its own; the threads are found beside those that begin them. */
const programs = {
  'desktop-worker': 'src/main/desktop/win32/desktop-worker.ts',
  'desktop-host': 'test/windows/programs/desktop-host.ts',
  'waggle-host': 'test/windows/programs/waggle-host.ts',
  stage: 'test/windows/programs/stage.ts',
  unit: 'test/windows/programs/unit.ts',
  console: 'test/windows/programs/console.ts',
}

/** Unit tests of what meets the system: files, locks, the database, settings, agents' commands. Vitest does not start on a Windows Node here. */
export const unitTests = [
  'desktop/turns',
  'desktop/held-open',
  'desktop/leases',
  'desktop/on-windows',
  'queue/courier',
  'queue/sqlite-message-store',
  'queue/broken-off',
  'queue/text-index',
  'roster/live-settings',
  'roster/open-settings',
  'ways/command/command-way',
  'ways/command/on-windows',
]

const unitPrograms = Object.fromEntries(unitTests.map((name) => [`${name}.test`, `test/${name}.test.ts`]))

/** @param {Record<string, string>} files */
const inputs = (files) =>
  Object.fromEntries(Object.entries(files).map(([name, file]) => [name, join(projectRoot, file)]))

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
    resolve: { alias: { vitest: join(projectRoot, 'test/windows/programs/vitest.ts') } },
    // Else two copies would each keep tests of their own.
    ssr: { noExternal: [/^@vitest/] },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20.18',
      rollupOptions: {
        input: { ...inputs(programs), ...inputs(unitPrograms) },
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-part.mjs' },
      },
    },
  })
  return outDir
}
