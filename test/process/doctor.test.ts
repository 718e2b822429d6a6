import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { cleanUp, newHome, startServer, waggle } from './programs'

afterAll(cleanUp)

test('with a running Waggle its checks are printed, with --json as the operation has them', async () => {
  const { home } = await startServer()
  expect(await waggle(home, ['doctor'])).toEqual({ code: 0, out: 'ok  Display  It answers.\n', err: '' })
  const { out } = await waggle(home, ['doctor', '--json'])
  expect(JSON.parse(out)).toEqual({
    checks: [{ name: 'Display', ok: true, found: 'It answers.' }],
    desk: [{ what: 'Window manager', found: 'Openbox' }],
  })
})

test('--report can be pasted into a report of a fault: what the desk is, and how each check stands', async () => {
  const { home } = await startServer()
  const { code, out } = await waggle(home, ['doctor', '--report'])
  expect([code, out]).toEqual([0, 'Window manager  Openbox\n\nok  Display  It answers.\n'])
  const without = await waggle(newHome(), ['doctor', '--report'])
  expect(without.code).toBe(69)
  expect(without.out).toMatch(/^System +\w+ .*\n\nPROBLEM +Waggle\n/)
  expect(without.out).not.toContain('/')
})

test('something in the way is exit code 1, with its remedy on a line below', async () => {
  const { home } = await startServer({ env: { DOCTOR_FINDS: 'The screen is locked.' } })
  const ran = await waggle(home, ['doctor'])
  expect(ran.code).toBe(1)
  expect(ran.out).toBe('PROBLEM  Screen  The screen is locked.\n                 → Mend it.\n')
})

test('without one it says so, checks what it can and ends with 69', async () => {
  const home = newHome()
  mkdirSync(home, { recursive: true })
  writeFileSync(join(home, 'settings.json'), '{ half')
  const ran = await waggle(home, ['doctor'], { env: { XDG_SESSION_TYPE: 'wayland' } })
  expect(ran.code).toBe(69)
  expect(ran.out).toMatch(/PROBLEM +Waggle +Waggle is not running/)
  expect(ran.out).toMatch(/PROBLEM +Display +.*Wayland/)
  expect(ran.out).toMatch(/ok +Home folder/)
  expect(ran.out).toMatch(/PROBLEM +Settings +.*cannot be read/)
  const { out } = await waggle(newHome(), ['doctor', '--json'])
  const { checks } = JSON.parse(out) as { checks: { name: string }[] }
  expect(checks.map(({ name }) => name)).toEqual(['Waggle', 'Display', 'Home folder', 'Settings'])
})

test('--tree answers whether Waggle may read by the accessibility tree, and takes it back', async () => {
  const { home } = await startServer()
  const on = await waggle(home, ['doctor', '--tree', 'on'])
  expect(on).toMatchObject({ code: 0, err: '' })
  expect(on.out).toContain('Inputs are read by the accessibility tree')
  expect(on.out).toContain('\nRestart Cursor once.\n')
  const off = await waggle(home, ['doctor', '--tree', 'off', '--json'])
  expect(JSON.parse(off.out)).toMatchObject({ on: false, chosen: false, agents: [{ name: 'Agent-1' }] })
  expect(await waggle(home, ['doctor', '--tree', 'perhaps'])).toMatchObject({ code: 2 })
})

test('agents are listed with how they stand and by what they are read', async () => {
  const { home } = await startServer()
  const { out } = await waggle(home, ['agents'])
  expect(out.split('\n')[0]).toMatch(/^agent +stands +at +window +profile +read by +description$/)
  expect(out.split('\n')[1]).toMatch(/^Agent-1 +ready +- +- +chat +none$/)
  const { out: json } = await waggle(home, ['agents', '--json'])
  const { agents } = JSON.parse(json) as { agents: unknown[] }
  expect(agents[0]).toMatchObject({ name: 'Agent-1', stands: 'ready', lookedAtBy: 'none' })
})
