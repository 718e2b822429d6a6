import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Check } from '../../src/contract/doctor'
import { examine, type DoctorDeps } from '../../src/main/doctor/doctor'
import { FakeSettingsFile, fakeSettings } from '../fakes/fake-settings'
import { soundPatient, x11 } from './sound-patient'

// What is around Waggle: from where it was started, the clock, its files, and who else has a hand in the clipboard.

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'waggle-doctor-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

async function check(name: string, over: Partial<DoctorDeps> = {}): Promise<Check | undefined> {
  const { checks } = await examine({ ...soundPatient(home), ...over })
  return checks.find((one) => one.name === name)
}

const BUS = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/bus' }
const started = async (env: Record<string, string>) =>
  check('Start', { session: { platform: 'linux', env: { DISPLAY: ':0', ...env } } })

describe('from where Waggle was started', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['without a session bus', {}, /without the session bus/],
    [
      'with one that Chromium has disabled',
      { DBUS_SESSION_BUS_ADDRESS: 'disabled:' },
      /without the session bus/,
    ],
    ['with options for Node', { ...BUS, NODE_OPTIONS: '--require x' }, /NODE_OPTIONS is set/],
    ['by sudo', { ...BUS, SUDO_USER: 'maria' }, /by sudo/],
    [
      'over ssh that hands the display on',
      { ...BUS, SSH_CONNECTION: '1 2', DISPLAY: 'localhost:10.0' },
      /handed on by ssh/,
    ],
  ])('%s: it says what stands in the way, and the cure', async (_how, env, found) => {
    const start = await started(env)
    expect(start).toMatchObject({ ok: 'warning', found: expect.stringMatching(found) as unknown })
    expect(start?.remedy).toMatch(/\w+ \w+/)
    expect(start?.found).not.toContain('maria')
  })

  test.each<[Record<string, string>, string]>([
    [{ VSCODE_PID: '1', TERM: 'xterm' }, 'from an editor’s terminal'],
    [{ SSH_CONNECTION: '1 2' }, 'over ssh'],
    [{ INVOCATION_ID: '1' }, 'by systemd'],
    [{ GIO_LAUNCHED_DESKTOP_FILE: '/usr/share/applications/waggle.desktop' }, 'by a desktop entry'],
    [{ GIO_LAUNCHED_DESKTOP_FILE_PID: '7' }, 'by a desktop entry'],
    [{ http_proxy: 'http://127.0.0.1:9' }, 'by another program; a proxy is set'],
  ])('%j is told, and is no trouble', async (env, where) => {
    const start = await started({ ...BUS, ...env })
    expect(start).toMatchObject({ ok: true, found: expect.stringContaining(where) as unknown })
  })

  test('the bus of the login session does where no variable names it', async () => {
    writeFileSync(join(home, 'bus'), '')
    expect((await started({ XDG_RUNTIME_DIR: home }))?.ok).toBe(true)
  })

  test('without a desktop none is missed', async () => {
    const start = await check('Start', { headless: true, session: { platform: 'linux', env: {} } })
    expect(start?.ok).toBe(true)
  })
})

const hours = (count: number) => count * 3_600_000

describe('the clock', () => {
  test('that was set back is found by what is stamped ahead of it', async () => {
    writeFileSync(join(home, 'waggle.db'), '')
    expect((await check('Clock'))?.ok).toBe(true)
    const ahead = new Date(Date.now() + hours(5))
    utimesSync(join(home, 'waggle.db'), ahead, ahead)
    expect(await check('Clock')).toMatchObject({
      ok: 'warning',
      found: expect.stringMatching(/^waggle\.db is stamped 5 hours ahead/) as unknown,
    })
  })

  test('and so is a lock of the future', async () => {
    const since = new Date(Date.now() + hours(24 * 9)).toISOString()
    const clock = await check('Clock', { lockHolder: () => ({ since, reason: 'a script' }) })
    expect(clock?.found).toMatch(/^The desktop lock is stamped 9 days ahead/)
  })
})

describe('files', () => {
  test('a folder where one goes is found', async () => {
    mkdirSync(join(home, 'settings.json'))
    expect(await check('Home folder')).toMatchObject({
      ok: false,
      found: expect.stringMatching(/A folder stands at .*settings\.json/) as unknown,
    })
  })

  test('what nobody knows in settings.json is told, with its place', async () => {
    const content = {
      theem: 'dark',
      delivery: { attempts: 2, pause: 1 },
      agents: { A: { at: [1, 2], coords: [3, 4] } },
      __internal__: {},
    }
    const settings = fakeSettings(new FakeSettingsFile(content))
    expect(await check('Settings', { settings })).toMatchObject({
      ok: 'warning',
      found: expect.stringContaining('theem, delivery.pause, agents.A.coords.') as unknown,
    })
    expect(settings.current().delivery.attempts).toBe(2)
  })
})

describe('the clipboard', () => {
  test('says who has what was copied, and who keeps it, too', async () => {
    const found = await check('Clipboard', {
      lookAtClipboard: async () => [
        { what: 'copied', program: 'gimp', isStopped: false },
        { what: 'marked', program: '', isStopped: false },
      ],
      lookAtX11: async () => ({ ...x11, clipboardManagers: ['copyq'] }),
    })
    expect(found).toMatchObject({
      ok: true,
      found:
        'The clipboard can be read; gimp has what was copied; another program has what was marked. copyq keeps or copies it, too; that does no harm.',
    })
  })
})
