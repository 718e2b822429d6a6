import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'vitest'
import { openStage } from './stage'
import { unitRuns } from './unit-runs'
import { startWaggle } from './waggle'

// What Waggle keeps in files, on a Windows Node. All of it waits most of the time and none of it uses the desktop, so it
// runs side by side.

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
  // Wine starts programs with lines of any length.
  'ways/command/command-way': ['a message that is too long for an argument does not go'],
}

/** What is there by chance. */
const sometimesThere: Readonly<Record<string, readonly string[]>> = {
  // Wine gives a folder the number that Linux does, which uses it again at once, unless another program makes a file just
  // then; NTFS never does.
  'desktop/turns': ['when another process has taken the lock over, which then keeps it'],
}

const isOneOf = (names: readonly string[]) => (one: string) =>
  names.some((name) => one.startsWith(`${name}: `))

describe.concurrent('on a Windows Node', () => {
  test('a reader of endpoint.json delays a start and an end, and stops neither', async ({
    expect,
    onTestFinished,
  }) => {
    const { stage } = await openStage()
    const folder = mkdtempSync(join(tmpdir(), 'waggle-wine-'))
    const home = join(folder, 'home')
    mkdirSync(home)
    writeFileSync(join(home, 'endpoint.json'), '{}')
    const endpoint = join(home, 'endpoint.json')
    await stage.ask('holdOpen', `Z:${endpoint}`)
    const starting = startWaggle(folder)
    // Seen so often that it is waiting, not just on its way.
    let seen = 0
    const isWaiting = () => {
      seen = readdirSync(home).some((name) => name.endsWith('.tmp')) ? seen + 1 : 0
      return seen > 20
    }
    await expect.poll(isWaiting, { timeout: 45_000, interval: 20 }).toBe(true)
    await stage.ask('letGo')
    const waggle = await starting
    onTestFinished(async () => waggle.stop())
    expect((await waggle.call('queue.status', {})).depth).toBe(0)
    await stage.ask('holdOpen', `Z:${endpoint}`)
    await waggle.close()
    expect(existsSync(endpoint)).toBe(true)
    await stage.ask('letGo')
  })

  test('a desktop that is lent for longer than its lock is fresh stays lent; the doctor looks who may read the home', async ({
    expect,
    onTestFinished,
  }) => {
    const waggle = await startWaggle()
    onTestFinished(async () => waggle.stop())
    const { folder, call } = waggle
    const { lease } = await call('desktop.acquire', { reason: 'a test' })
    const lock = join(folder, 'desktop.lock')
    const begun = statSync(lock).mtimeMs
    const found = async () => {
      const { checks } = await call('doctor.run', {})
      return checks.flatMap(({ name, ok, found: words }) =>
        name === 'Home folder' ? [`${ok} ${words}`] : [],
      )[0]
    }
    // Wine makes Windows' rights of Linux'.
    chmodSync(join(folder, 'home'), 0o700)
    expect(await found()).toMatch(/^true .* is writable, and yours alone \(the system/)
    chmodSync(join(folder, 'home'), 0o755)
    expect(await found()).toMatch(/^false Others have a right to .*: .*WD/)
    await expect.poll(() => statSync(lock).mtimeMs, { timeout: 45_000 }).toBeGreaterThan(begun)
    await call('desktop.release', { lease })
    await expect.poll(() => existsSync(lock)).toBe(false)
  })

  test.for([...unitRuns])('what %s shows holds on a Windows Node, too', async ([file, run], { expect }) => {
    const { passed, failed } = await run
    const [missing, chance] = [notThere[file] ?? [], sometimesThere[file] ?? []]
    const certain = failed.filter((one) => !isOneOf(chance)(one))
    expect(certain.filter((one) => !isOneOf(missing)(one))).toEqual([])
    expect(certain).toHaveLength(missing.length)
    expect(passed).toBeGreaterThan(0)
  })
})
