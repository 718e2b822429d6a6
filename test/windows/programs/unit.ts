import { startTests, type VitestRunner, type Task } from '@vitest/runner'
import { pathToFileURL } from 'node:url'
import { serveTest } from './serve-test'

// Unit tests on a Windows Node: each was bundled to a file of its own beside this one.

const runner: VitestRunner = {
  config: {
    root: import.meta.dirname,
    setupFiles: [],
    name: 'unit',
    passWithNoTests: false,
    testNamePattern: undefined,
    allowOnly: true,
    sequence: { seed: 0, hooks: 'stack', setupFiles: 'list' },
    chaiConfig: undefined,
    maxConcurrency: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    retry: 0,
    includeTaskLocation: false,
    tags: [],
    tagsFilter: undefined,
    strictTags: false,
  },
  importFile: async (path): Promise<unknown> => import(pathToFileURL(path).href),
}

serveTest({
  /** How many tests held, and what is wrong with those that did not. */
  async run(file: string) {
    const [found] = await startTests([new URL(file, import.meta.url).pathname.slice(1)], runner)
    const all = found ? tests(found) : []
    const broken = found?.result?.errors ?? []
    const failed = all.filter(({ result }) => result?.state !== 'pass')
    return {
      passed: all.length - failed.length,
      failed: [
        ...broken.map(({ message }) => message),
        ...failed.map(({ name, result }) => `${name}: ${result?.errors?.[0]?.message ?? result?.state}`),
      ],
    }
  },
})

function tests(task: Task): Task[] {
  return task.type === 'suite' ? task.tasks.flatMap(tests) : [task]
}
