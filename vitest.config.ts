import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

const desktop = 'test/harness/desktop-setup.ts'
const electron = 'test/harness/electron-setup.ts'
const wine = 'test/harness/wine-setup.ts'
const build = 'test/harness/build-setup.ts'

/** The suites that need more than this process, each with what must be there before its first test. */
const suites = {
  contract: [desktop, electron],
  inputs: [desktop, electron],
  'real-inputs': [desktop, electron, build],
  'long-inputs': [desktop, electron, build],
  process: [desktop, electron, build],
  killing: [desktop, electron, build],
  'plain-terminals': [desktop, electron, build],
  e2e: [desktop, electron, build],
  windows: [desktop, wine],
  'long-windows': [desktop, electron, build, wine],
  package: [desktop, electron],
  // By `npm run soak`, `npm run many-agents` and `npm run real-agents`, not by `npm test`.
  soak: [desktop, electron, build],
  'many-agents': [build],
  // By `npm run desks`: each desk of it has a window manager of its own.
  desks: [electron, build],
  'real-agents': [desktop, electron, build],
}

/** What there is on the other kind of system alone. */
const elsewhere = process.platform === 'win32' ? 'on-posix' : 'on-windows'

// A second, which is the default, is nothing on a machine that is busy with an Electron's start, or with setting Wine up.
const patient = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 15_000 } } }

// One file and one suite after the other: they share the virtual desktop's one mouse, keyboard and clipboard.
const onDesktop = (
  [name, globalSetup]: [string, string[]],
  index: number,
): TestProjectInlineConfiguration => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    globalSetup,
    fileParallelism: false,
    // What takes seconds to start under Wine serves all files there.
    isolate: name !== 'windows',
    sequence: { groupOrder: index + 1 },
    ...patient,
  },
})

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...Object.keys(suites).map((name) => `test/${name}/**`), `test/**/${elsewhere}.test.ts`],
          sequence: { groupOrder: 0 },
          // What they have of the world is handed to them: one process loads all modules once, in half the time.
          isolate: false,
          ...patient,
        },
      },
      ...Object.entries(suites).map(onDesktop),
    ],
  },
})
