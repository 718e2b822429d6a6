import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

// Suites run one after the other: all but `unit` use real processes, files and the one mouse of the virtual desktop.
const onDesktop = (name: string, order: number): TestProjectInlineConfiguration => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    globalSetup: ['test/harness/desktop-setup.ts', ...(name === 'e2e' ? ['test/harness/app-setup.ts'] : [])],
    fileParallelism: false,
    sequence: { groupOrder: order },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})

const projects = ['contract', 'process', 'e2e', 'package']

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: projects.map((name) => `test/${name}/**`),
          sequence: { groupOrder: 0 },
        },
      },
      ...projects.map((name, index) => onDesktop(name, index + 1)),
    ],
  },
})
