import { afterAll, beforeAll, expect, test } from 'vitest'
import { unitTests } from '../../scripts/wine/bundle-windows.mjs'
import { startWineProgram, type WineProgram } from './wine'

let program: WineProgram
beforeAll(async () => {
  program = await startWineProgram('unit')
})
afterAll(async () => program.stop())

/** What Windows, or Wine in its place, has not: these must fail, so that nobody believes them shown. */
const notThere: Readonly<Record<string, readonly string[]>> = {
  'desktop/turns': [
    // What tells that two processes are of one machine is /proc; elsewhere such a lock is free after ten seconds.
    'a lock whose holder has ended is taken without waiting',
    // By mkfifo.
    'a stamp that is a pipe or a link is no stamp, and holds nobody up',
    // Of Linux' paths.
    'the lock path depends on user and display, not on folder or environment',
  ],
  // By mode; on Windows the home's rights count, which the doctor looks at.
  'queue/sqlite-message-store': ['only the owner may read the files'],
}

/** What is there by chance. */
const sometimesThere: Readonly<Record<string, readonly string[]>> = {
  // Wine gives a folder the number that Linux does, which uses it again at once, unless another program makes a file just
  // then; NTFS never does.
  'desktop/turns': ['when another process has taken the lock over, which then keeps it'],
}

const isOneOf = (names: readonly string[]) => (one: string) =>
  names.some((name) => one.startsWith(`${name}: `))

test.each(unitTests)('what %s shows holds on a Windows Node, too', async (file) => {
  const { passed, failed } = await program.ask<{ passed: number; failed: string[] }>(
    'run',
    `${file}.test.mjs`,
  )
  const [missing, chance] = [notThere[file] ?? [], sometimesThere[file] ?? []]
  const certain = failed.filter((one) => !isOneOf(chance)(one))
  expect(certain.filter((one) => !isOneOf(missing)(one))).toEqual([])
  expect(certain).toHaveLength(missing.length)
  expect(passed).toBeGreaterThan(0)
})
