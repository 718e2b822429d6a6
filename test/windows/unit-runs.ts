import { unitTests } from '../../scripts/wine/bundle-windows.mjs'
import { startWineProgram } from './wine'

/** How many tests held, and what is wrong with those that did not. */
interface UnitRun {
  readonly passed: number
  readonly failed: readonly string[]
}

/** Unit tests on a Windows Node. They use no desktop: the first file of the suite begins them, and they run beside the others. */
export const unitRuns: ReadonlyMap<string, Promise<UnitRun>> = begin()

/** One file after the other: they share a process, which ends with this one. */
function begin(): Map<string, Promise<UnitRun>> {
  const program = startWineProgram('unit')
  let before: Promise<unknown> = Promise.resolve()
  return new Map(
    unitTests.map((file) => {
      const run = before.then(async () => (await program).ask<UnitRun>('run', `${file}.test.mjs`))
      before = run.catch(() => undefined)
      return [file, run]
    }),
  )
}
