import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Check } from '../../src/contract/doctor'
import { examine, type DoctorDeps } from '../../src/main/doctor/doctor'
import { desktop, soundPatient, x11 } from './sound-patient'
import { newAgent } from '../../src/main/roster/new-agent'
import { FakeSettingsFile, fakeSettings } from '../fakes/fake-settings'

let home: string
let server: Server
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'waggle-doctor-'))
  writeFileSync(join(home, 'waggle.db'), '')
  server = createServer()
  await new Promise<void>((done) => server.listen(join(home, 'waggle.sock'), done))
})
afterEach(() => {
  server.close()
  rmSync(home, { recursive: true, force: true })
})

const sound = () => soundPatient(home)

async function look(over: Partial<DoctorDeps> = {}): Promise<Check[]> {
  return (await examine({ ...sound(), ...over })).checks
}

test('a sound desktop passes every check', async () => {
  const checks = await look()
  expect(checks.filter(({ ok }) => ok !== true)).toEqual([])
  expect(checks.map(({ name }) => name)).toEqual(
    'Display,Mouse and keyboard,Window manager,Keys,Clipboard,Screen,Tray,Agents,Queue,Over inputs,Accessibility tree,Read by the tree,tmux,Desktop lock,Home folder,Messages,Settings,Clock,Pipe,Start,Electron'.split(
      ',',
    ),
  )
})

test('what a report needs names the desk and neither agents, titles nor paths', async () => {
  const { desk } = await examine({ ...sound(), home: '/home/maria/.waggle' })
  expect(Object.fromEntries(desk.map(({ what, found }) => [what, found]))).toMatchObject({
    Waggle: '1.2.3',
    'Window manager': 'Openbox',
    'Keyboard layout': 'de',
    'Clipboard managers': 'none',
    Started: 'by another program',
    Screens: '1280x800+0+0',
    Agents: '1, of them not to be reached: 0',
  })
  expect(JSON.stringify(desk)).not.toMatch(/Agent-1|maria|\//)
})

const linux = (env: Record<string, string>) => ({ session: { platform: 'linux', env } })
const refuse = (why: string) => async () => Promise.reject(new Error(why))

test.each<[string, Partial<DoctorDeps>, string, Check['ok'], RegExp]>([
  [
    'a Wayland session',
    linux({ XDG_SESSION_TYPE: 'wayland', DISPLAY: ':0' }),
    'Display',
    false,
    /X11 session/,
  ],
  [
    'a Wayland session that names no type',
    linux({ WAYLAND_DISPLAY: 'wayland-0' }),
    'Display',
    false,
    /Wayland/,
  ],
  ['no display', linux({}), 'Display', false, /DISPLAY/],
  ['an X server that is gone', { lookAtX11: refuse('no answer') }, 'Display', false, /no answer/],
  [
    'an X server without XTEST',
    { lookAtX11: async () => ({ ...x11, hasXtest: false }) },
    'Mouse and keyboard',
    false,
    /XTEST/,
  ],
  [
    'no window manager',
    { lookAtX11: async () => ({ ...x11, windowManager: undefined }) },
    'Window manager',
    false,
    /No window manager/,
  ],
  [
    'a window manager that lists no windows',
    {
      lookAtX11: async () => ({
        ...x11,
        windowManager: 'tiny',
        missing: ['_NET_CLIENT_LIST_STACKING'],
      }),
    },
    'Window manager',
    false,
    /tiny.*_NET_CLIENT_LIST_STACKING/,
  ],
  [
    'a window manager that raises nothing',
    { lookAtX11: async () => ({ ...x11, windowManager: 'dwm', raises: false }) },
    'Window manager',
    'warning',
    /dwm brings no window to the front/,
  ],
  ['a paused queue', { isPaused: () => true }, 'Queue', 'warning', /paused/],
  [
    'a notification over an input',
    { desktop: { ...desktop, overlays: async () => [{ x: 0, y: 0, width: 50, height: 50 }] } },
    'Over inputs',
    'warning',
    /over the input of Agent-1/,
  ],
  [
    'a clipboard that does not answer',
    { desktop: { ...desktop, readText: refuse('no answer') } },
    'Clipboard',
    false,
    /no answer/,
  ],
  [
    'a program that does not hand over what was copied',
    { lookAtClipboard: async () => [{ what: 'copied', program: 'gimp', isStopped: true }] },
    'Clipboard',
    false,
    /What was copied cannot be kept safe: gimp/,
  ],
  [
    'slow keys',
    { desktop: { ...desktop, unsafeKeys: async () => 'slow-keys' } },
    'Keys',
    false,
    /Slow keys are on/,
  ],
  [
    'a key that stays down',
    { desktop: { ...desktop, unsafeKeys: async () => 'key-held' } },
    'Keys',
    false,
    /held down/,
  ],
  ['a locked screen', { locked: async () => true }, 'Screen', false, /locked/],
  ['no place for tray icons', { trayHost: async () => 'missing' }, 'Tray', 'warning', /no tray icons/],
  ['no agents', { agents: () => [] }, 'Agents', 'warning', /No agent/],
  [
    'every window missing',
    { ready: async () => ({ code: 'window-missing', message: 'no such window' }) },
    'Agents',
    false,
    /Agent-1: no such window/,
  ],
  [
    'one window of two missing',
    {
      agents: () => [newAgent('Agent-1'), newAgent('Agent-2')],
      ready: async ({ name }) =>
        name === 'Agent-2' ? { code: 'window-missing', message: 'gone' } : undefined,
    },
    'Agents',
    'warning',
    /^Agent-2: gone$/,
  ],
  [
    'a lock that cannot be made',
    { lockPath: () => join(import.meta.filename, 'desktop') },
    'Desktop lock',
    false,
    /not writable/,
  ],
  [
    'a lock that another user holds',
    { foreignLock: () => '/tmp/d.lock belongs to the user nobody' },
    'Desktop lock',
    false,
    /Nobody gets the desktop: .*the user nobody/,
  ],
  [
    'a lock where everybody may make one',
    { lockPath: () => join(tmpdir(), 'desktop') },
    'Desktop lock',
    'warning',
    /Other users could hold the lock/,
  ],
  [
    'a pipe that nobody serves',
    { pipe: () => join(tmpdir(), 'no-such.sock') },
    'Pipe',
    false,
    /cannot reach/,
  ],
  ['an Electron that is too old', { electron: '32.0.0' }, 'Electron', false, /older/],
  ['an Electron that is too new', { electron: '99.0.0' }, 'Electron', 'warning', /newer/],
])('%s is found, with a remedy', async (_what, over, name, ok, found) => {
  const check = (await look(over)).find((one) => one.name === name)
  expect(check).toMatchObject({ ok, found: expect.stringMatching(found) as unknown })
  expect(check?.remedy).toMatch(/\w+ \w+/)
})

test('what is broken in settings.json and in the home is found', async () => {
  const file = new FakeSettingsFile()
  const settings = fakeSettings(file)
  file.content = { theme: 'pink' }
  chmodSync(home, 0o755)
  rmSync(join(home, 'waggle.db'))
  const trouble = (await look({ settings })).filter(({ ok }) => ok !== true)
  expect(trouble).toEqual([
    expect.objectContaining({
      name: 'Home folder',
      ok: 'warning',
      remedy: expect.stringContaining('chmod') as unknown,
    }),
    expect.objectContaining({ name: 'Messages', ok: false }),
    expect.objectContaining({ name: 'Settings', found: expect.stringContaining('theme') as unknown }),
  ])
})

const messagesCheck = async () => (await look()).find(({ name }) => name === 'Messages')

test('messages that were damaged and put aside are told until somebody removes them', async () => {
  const aside = join(home, 'waggle.db.broken-2026-01-01T00-00-00.000Z')
  writeFileSync(aside, 'x')
  writeFileSync(`${aside}-wal`, 'x')
  expect(await messagesCheck()).toMatchObject({
    ok: 'warning',
    found: expect.stringMatching(/kept as waggle\.db\.broken-.*Z\.$/) as unknown,
  })
  rmSync(aside)
  expect(await messagesCheck()).toMatchObject({ ok: true })
})

test('a home that others may write to is no warning but a failure', async () => {
  chmodSync(home, 0o777)
  const check = (await look()).find(({ name }) => name === 'Home folder')
  expect(check).toMatchObject({
    ok: false,
    found: expect.stringContaining('other users may write') as unknown,
  })
})

test('the holder of the desktop is named', async () => {
  const holder = { pid: 7, since: '2026-01-01T00:00:00.000Z', reason: 'a mouse script' }
  const checks = await look({ lockHolder: () => holder })
  expect(checks.find(({ name }) => name === 'Desktop lock')?.found).toContain('process 7')
})

test('macOS asks for a permission, and the check says which operation leads there', async () => {
  const session = { platform: 'darwin', env: {} }
  expect((await look({ session })).find(({ name }) => name === 'Permission')?.ok).toBe(true)
  const check = (await look({ session, permitted: () => false })).find(({ name }) => name === 'Permission')
  expect(check).toMatchObject({
    ok: false,
    fix: 'desktop.permit',
    remedy: expect.stringContaining('Accessibility') as unknown,
  })
})

test('on Windows it is said which windows an ordinary user cannot type into', async () => {
  const session = { platform: 'win32', env: {} }
  const found = (await look({ session })).find(({ name }) => name === 'Administrator')?.found
  expect(found).toContain('run as administrator')
})

test('the key that asked for the check is not taken for one that is held', async () => {
  const looks = ['key-held', 'key-held', undefined] as const
  let asked = 0
  const checks = await look({ desktop: { ...desktop, unsafeKeys: async () => looks[asked++] } })
  expect(checks.find(({ name }) => name === 'Keys')?.ok).toBe(true)
})

const pane = { where: 'main:0.1', program: 'node' }

const tmux = async (panes: DoctorDeps['panes']) => (await look({ panes })).find(({ name }) => name === 'tmux')

test('tmux is named with the agents in its panes, and what is to be done for one that gets no messages', async () => {
  const panes = [
    { ...pane, pane: '%3', product: 'Claude Code', agent: 'A' },
    { ...pane, pane: '%5', product: 'Gemini CLI' },
    { ...pane, pane: '%6', program: 'vim' },
  ]
  expect(await tmux(async () => ({ installed: true, panes }))).toEqual({
    name: 'tmux',
    ok: true,
    found: 'Claude Code in %3 (main:0.1, A), Gemini CLI in %5 (main:0.1).',
    remedy: 'Let messages reach Gemini CLI: waggle agents set NAME --tmux %5',
  })
  expect((await tmux(async () => ({ installed: true, panes: panes.slice(0, 1) })))?.remedy).toBeUndefined()
  expect((await tmux(async () => ({ installed: false, panes: [] })))?.found).toContain('waggle wrap')
  const broken = await tmux(() => Promise.reject(new Error('it hangs')))
  expect(broken).toMatchObject({ ok: 'warning', found: 'tmux does not answer: it hangs.' })
})
