import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openStage } from './stage'
import { startWaggle, type WineWaggle } from './waggle'

// What Waggle keeps in files, on a Windows Node.

let waggle: WineWaggle | undefined
afterEach(async () => waggle?.stop())

test('a reader of endpoint.json delays a start and an end, and stops neither', async () => {
  const { stage, end } = await openStage()
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
  waggle = await starting
  expect((await waggle.call('queue.status', {})).depth).toBe(0)
  await stage.ask('holdOpen', `Z:${endpoint}`)
  await waggle.close()
  expect(existsSync(endpoint)).toBe(true)
  await stage.ask('letGo')
  await end()
})

test('a desktop that is lent for longer than its lock is fresh stays lent; the doctor looks who may read the home', async () => {
  waggle = await startWaggle()
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
