import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { stopProcess } from '../../scripts/lib/services.mjs'
import { openManagedDesk, until, type ManagedDesk } from './desk'
import { lockers } from './lockers'
import { managers } from './managers'

// What real programs lay over an input: a message waits for it with the true reason, and goes when it goes.

/** Long enough for the clock, which tries ever more seldom, to be far from its next try. */
const LONG_MS = 12_000
const SOON_MS = 2000

let desk: ManagedDesk
let input: readonly [number, number]

beforeEach(async () => {
  const [openbox] = managers
  if (!openbox) throw new Error('no window manager')
  desk = await openManagedDesk(openbox)
  ;({ input } = await desk.agents.window('Agent-1'))
  // The key that closes a menu is a person's, and what is waited for then is their rest.
  await desk.pipe.call('settings.set', { changes: { presence: { idleMs: 200 } } })
  await desk.pipe.call('agent.set', { name: 'Agent-1', at: [...input], window: '^Agent-1: chat$' })
})
afterEach(async () => desk.stop())

async function waitsFor(id: string, reason: RegExp): Promise<void> {
  let why = ''
  await until(
    async () => reason.test((why = (await desk.message(id)).failure?.message ?? '')),
    () => `it gives another reason: ${why}`,
  )
}

/** It is tried at once, and is there in the end. */
async function goesSoon(id: string): Promise<void> {
  const state = async () => (await desk.message(id)).state
  const since = performance.now()
  await until(
    async () => (await state()) !== 'queued',
    () => 'it is not tried',
  )
  expect(performance.now() - since).toBeLessThan(SOON_MS)
  await until(
    async () => (await state()) === 'delivered',
    () => 'it is not delivered',
  )
}

/** A person leaves it there for long. */
async function longTime(): Promise<void> {
  const end = performance.now() + LONG_MS
  await until(
    async () => performance.now() > end,
    () => '',
  )
}

test('a notification over the input: the message says so, and goes once it is closed', async ({ task }) => {
  const folder = mkdtempSync(join(tmpdir(), 'waggle-dunst-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const place = join(folder, 'dunstrc')
  const [x, y] = input
  writeFileSync(
    place,
    `[global]\norigin = top-left\noffset = ${x - 150}x${y - 40}\nwidth = 300\nheight = 200\nidle_threshold = 0\n[urgency_critical]\ntimeout = 0\n`,
  )
  const daemon = spawn('dunst', ['-conf', place], { env: desk.env, stdio: 'ignore' })
  onTestFinished(async () => stopProcess(daemon))
  // Whoever asks for one before has the bus begin one of its own, which shows it somewhere else.
  const named = ['--dest=org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner']
  await until(
    async () =>
      (
        await desk.hand('dbus-send', '--print-reply', ...named, 'string:org.freedesktop.Notifications')
      ).includes('true'),
    () => 'no notification daemon',
  )
  await desk.hand(
    'notify-send',
    '-u',
    'critical',
    'A call',
    'Somebody wants something of you, and it takes three lines to say.',
  )
  await until(
    async () => /Displayed: 1|Currently displayed: 1/.test(await desk.hand('dunstctl', 'count')),
    () => 'no notification is shown',
  )
  const id = await desk.send('Agent-1', 'behind a notification')
  await waitsFor(id, /lies over|covers/)
  await longTime()
  await desk.hand('dunstctl', 'close-all')
  await goesSoon(id)
  expect(desk.agents.submissions().map(({ text }) => text)).toEqual(['behind a notification'])
  task.meta.cell = 'ok'
})

test('an open menu that has the keyboard: no key goes into it, and the message goes once it is closed', async ({
  task,
}) => {
  const dialog = spawn('zenity', ['--entry', '--title', 'A question', '--text', 'Say something'], {
    env: desk.env,
    stdio: 'ignore',
  })
  onTestFinished(async () => stopProcess(dialog))
  let id = ''
  await until(
    async () => (id = await desk.hand('xdotool', 'search', '--onlyvisible', '--name', '^A question$')) !== '',
    () => 'no dialog',
  )
  await desk.hand('wmctrl', '-F', '-r', 'A question', '-e', '0,860,430,-1,-1')
  await desk.hand('xdotool', 'windowfocus', '--sync', id.split('\n')[0] ?? '')
  // The menu of its text field.
  await desk.hand('xdotool', 'key', 'shift+F10')
  await until(
    async () =>
      (await desk.pipe.call('doctor.run', {})).checks.some(({ name, ok }) => name === 'Keys' && ok !== true),
    () => 'the menu does not take the keyboard',
  )
  const message = await desk.send('Agent-1', 'beside a menu')
  await waitsFor(message, /^Another program has taken the keyboard for itself/)
  await longTime()
  await desk.hand('xdotool', 'key', 'Escape')
  await goesSoon(message)
  expect(desk.agents.submissions().map(({ text }) => text)).toEqual(['beside a menu'])
  task.meta.cell = 'ok'
})

test.for(lockers.map((locker) => [locker.name, locker] as const))(
  '%s, a screen lock: no key goes to it, the message says so, and goes once it is gone',
  async ([, locker], { task }) => {
    const { name, command, env, settings, lock, unlock } = locker
    if (settings) writeFileSync(join(desk.env['HOME'] ?? '', settings[0]), settings[1])
    const [program, ...args] = command
    const child = spawn(program, args, { env: { ...desk.env, ...env }, stdio: 'ignore' })
    onTestFinished(async () => stopProcess(child))
    if (lock) await told(lock)
    await until(
      async () =>
        (await desk.pipe.call('doctor.run', {})).checks.some(
          (check) => check.name === 'Keys' && check.found.startsWith('The screen is locked'),
        ),
      () => `${name} does not lock`,
    )
    const id = await desk.send('Agent-1', 'behind a lock')
    await waitsFor(id, /^The screen is locked/)
    await longTime()
    if (unlock) await told(unlock)
    else await stopProcess(child)
    await goesSoon(id)
    expect(desk.agents.submissions().map(({ text }) => text)).toEqual(['behind a lock'])
    task.meta.cell = 'ok'
  },
)

/** A command that fails until its program listens. */
async function told([program, ...args]: readonly [string, ...string[]]): Promise<void> {
  await until(
    async () =>
      desk.hand(program, ...args).then(
        () => true,
        () => false,
      ),
    () => `${program} is not heard`,
  )
}

const meeting = `<title>Meeting</title><button style="position:fixed;inset:0" onclick="navigator.mediaDevices
  .getDisplayMedia({ video: true }).then(() => (document.title = 'Shared'))">Share</button>`

test('the bar of a program that shares the screen: the message says so, and goes with the bar', async ({
  task,
}) => {
  const server = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end(meeting))
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : ''
  const folder = mkdtempSync(join(tmpdir(), 'waggle-meeting-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  const flags = [
    '--no-sandbox',
    '--no-first-run',
    `--user-data-dir=${folder}`,
    '--window-position=860,60',
    '--window-size=300,200',
    '--auto-select-desktop-capture-source=Entire screen',
  ]
  const browser = spawn('chromium', [...flags, `--app=http://127.0.0.1:${port}/`], {
    env: desk.env,
    stdio: 'ignore',
  })
  onTestFinished(async () => stopProcess(browser))
  const windowOf = async (title: string) =>
    (await desk.hand('xdotool', 'search', '--onlyvisible', '--name', title)).split('\n')[0] ?? ''
  const shown = async (title: string) => {
    let id = ''
    await until(
      async () => (id = await windowOf(title)) !== '',
      () => `no window ${title}`,
    )
    return id
  }
  const call = await shown('^Meeting$')
  // Until the page has come the button takes no click.
  await until(
    async () => {
      await desk.hand('xdotool', 'mousemove', '--window', call, 100, 100, 'click', 1)
      return (await windowOf('is sharing your screen')) !== ''
    },
    () => 'nothing is shared',
  )
  const bar = await shown('is sharing your screen')
  await desk.hand('xdotool', 'windowmove', '--sync', bar, input[0] - 200, input[1] - 30)
  const id = await desk.send('Agent-1', 'below a bar')
  await waitsFor(id, /^Another window covers the input of Agent-1/)
  await longTime()
  await desk.hand('wmctrl', '-i', '-c', call)
  await goesSoon(id)
  expect(desk.agents.submissions().map(({ text }) => text)).toEqual(['below a bar'])
  task.meta.cell = 'ok'
})
