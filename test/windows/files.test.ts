import { existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openStage } from './stage'
import { startWaggle, type WineWaggle } from './waggle'

// What Waggle keeps in files, on a Windows Node.

let waggle: WineWaggle | undefined
afterEach(async () => waggle?.stop())

test('a reader of endpoint.json delays a start and does not stop it', async () => {
  const { stage, end } = await openStage()
  const folder = mkdtempSync(join(tmpdir(), 'waggle-wine-'))
  const home = join(folder, 'home')
  mkdirSync(home)
  writeFileSync(join(home, 'endpoint.json'), '{}')
  await stage.ask('holdOpen', `Z:${join(home, 'endpoint.json')}`)
  const starting = startWaggle(folder)
  // Seen so often that it is waiting, not just on its way.
  let seen = 0
  const isWaiting = () => {
    seen = readdirSync(home).some((name) => name.endsWith('.tmp')) ? seen + 1 : 0
    return seen > 20
  }
  await expect.poll(isWaiting, { timeout: 20_000, interval: 20 }).toBe(true)
  await stage.ask('letGo')
  waggle = await starting
  expect((await waggle.call('queue.status', {})).depth).toBe(0)
  await end()
})

test('a desktop that is lent for longer than its lock is fresh stays lent', async () => {
  waggle = await startWaggle()
  const { lease } = await waggle.call('desktop.acquire', { reason: 'a test' })
  const lock = join(waggle.folder, 'desktop.lock')
  const begun = statSync(lock).mtimeMs
  await expect.poll(() => statSync(lock).mtimeMs, { timeout: 20_000 }).toBeGreaterThan(begun)
  await waggle.call('desktop.release', { lease })
  await expect.poll(() => existsSync(lock)).toBe(false)
})

test('the doctor calls the home yours alone only where it has looked who may read it', async () => {
  waggle = await startWaggle()
  const { checks } = await waggle.call('doctor.run', {})
  const home = checks.find(({ name }) => name === 'Home folder')
  process.stderr.write(`${home?.found}\n`)
  expect(home?.found).toMatch(/the system and administrators aside|Others have a right|is not known/)
})
