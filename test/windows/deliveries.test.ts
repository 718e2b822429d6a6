import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { xdotool } from '../harness/xdotool'
import { inputOf, openInput, openStage, person, personMoves, type WineStage } from './stage'
import { expectDelivered, manySenders, openAgents } from './many-senders'
import { startWaggle, type WineWaggle } from './waggle'
import { startWineProgram } from './wine'
import './unit-runs'

// All of Waggle but its shell, on a Windows Node: what the windows got is the truth, not what Waggle says.

let waggle: WineWaggle
let opened: WineStage
let left = ''

beforeAll(async () => {
  ;[waggle, opened] = await Promise.all([startWaggle(), openStage()])
  // How long a person is to have rested is theirs to choose; the tests wait for it after each key.
  await waggle.call('settings.set', { changes: { presence: { idleMs: 200 } } })
})
// An input that was never delivered to is looked at most patiently, for seconds; so one serves all that need no other.
beforeEach(async () => {
  left ||= await agent('Left')
})
afterAll(async () => {
  await waggle.stop()
  await opened.end()
})
afterEach(async () => {
  xdotool('keyup', 'Shift_L', 'keyup', 'Control_L', 'keyup', 'Alt_L', 'keyup', 'Super_L')
  const { messages } = await waggle.call('message.list', { states: ['queued', 'delivering'] })
  for (const { id } of messages) await waggle.call('message.cancel', { id })
  const { agents } = await waggle.call('agent.list', {})
  for (const { name } of agents) if (name !== 'Left') await waggle.call('agent.remove', { name })
  await opened.end('Left')
})

/** Opens a window and has Waggle get to know its input. */
async function agent(name: string, options: Parameters<typeof openInput>[2] = {}): Promise<string> {
  const { windowId, point } = await openInput(opened, name, options)
  await waggle.call('agent.set', { name, at: [point.x, point.y], window: `^${name}: `, profile: 'chat' })
  return windowId
}

/** The queue says what stands in the way once the message has been tried. */
const waitsFor = async (name: string) =>
  (await waggle.call('queue.status', {})).perAgent[name]?.waitingFor?.code
const send = async (to: string, text: string) =>
  (await waggle.call('message.send', { to, text, from: 'test' })).messages[0]?.id ?? ''
const ended = async (id: string) => waggle.call('message.wait', { id, timeoutMs: 30_000 })
const windowOf = async (title: string) =>
  (await opened.desktop.windows()).find((window) => window.title === title)
const submitted = async (name: string) =>
  (await opened.stage.ask<{ agent: string; text: string }[]>('submitted'))
    .filter(({ agent }) => agent === name)
    .map(({ text }) => text)

test(
  '3 senders with 2 messages each, then 8 with 5, to plain and rich inputs: each message arrives once, in the right window',
  { timeout: 300_000 },
  async () => {
    const agents = await openAgents(waggle, opened, 'Left')
    await manySenders(agents, { senders: 3, each: 2 })
    await manySenders(agents, { senders: 8, each: 5 })
  },
)

test('a window that was moved, and one that another covers, get theirs all the same', async () => {
  await opened.stage.ask('move', 'Left', 300, 200)
  expectDelivered(await waggle.deliver('Left', 'moved'))
  await opened.other.ask('cover', 'a window in front', [0, 0, 900, 700], false, true)
  expectDelivered(await waggle.deliver('Left', 'covered'))
  expect(await submitted('Left')).toEqual(['moved', 'covered'])
})

test('a minimized window gets its message, and is minimized again behind the one that was in front', async () => {
  const { desktop, stage, other } = opened
  await agent('Small')
  await stage.ask('minimize', 'Small')
  await expect.poll(async () => stage.ask('isMinimized', 'Small')).toBe(true)
  const { windowId } = await openInput({ stage: other }, 'Mine', { at: [460, 40, 300, 200] })
  await expect.poll(async () => desktop.activeWindow()).toBe(windowId)
  expectDelivered(await waggle.deliver('Small', 'while minimized'))
  expect(await submitted('Small')).toEqual(['while minimized'])
  await expect.poll(async () => stage.ask('isMinimized', 'Small')).toBe(true)
  await expect.poll(async () => desktop.activeWindow()).toBe(windowId)
})

test('a hidden window that lies over everything covers nothing', async () => {
  await opened.other.ask('cover', 'hidden', [0, 0, 1200, 700], true, false)
  expectDelivered(await waggle.deliver('Left', 'through'))
  expect(await submitted('Left')).toEqual(['through'])
})

test('a title outside the system’s code page tells its window from another', async () => {
  await agent('Script', { title: 'Script: chät 漢', at: [20, 360, 400, 200] })
  await openInput(opened, 'Other', { title: 'Script: chät 字', at: [460, 40, 400, 300] })
  await waggle.call('agent.set', { name: 'Script', window: '^Script: chät 漢$' })
  expectDelivered(await waggle.deliver('Script', 'to 漢'))
  expect([await submitted('Script'), await submitted('Other')]).toEqual([['to 漢'], []])
})

test('while Shift, Ctrl, Alt or the Windows key is held a message waits untouched, and goes once it is up', async () => {
  for (const key of ['Shift_L', 'Control_L', 'Alt_L', 'Super_L']) {
    xdotool('keydown', key)
    const id = await send('Left', `with ${key}`)
    await expect.poll(async () => waitsFor('Left'), { timeout: 15_000, message: key }).toBe('keys-unsafe')
    expect(await opened.stage.ask('textOf', 'Left'), key).toBe('')
    expect(await submitted('Left')).not.toContain(`with ${key}`)
    xdotool('keyup', key)
    expectDelivered(await ended(id))
    expect((await submitted('Left')).at(-1)).toBe(`with ${key}`)
  }
})

test('a person who types into the input stops the delivery, and keeps what they typed', async () => {
  const point = await inputOf(opened.stage, 'Left')
  await person(opened, 'mousemove', point.x, point.y, 'click', 1)
  await person(opened, 'type', 'my draft')
  const id = await send('Left', 'a message')
  for (let times = 0; times < 5; times += 1) {
    await personMoves(opened)
    expect((await submitted('Left')).filter((text) => text !== 'a message')).toEqual([])
  }
  expectDelivered(await ended(id))
  expect(await submitted('Left')).toEqual(['a message'])
  await expect.poll(async () => opened.stage.ask('textOf', 'Left')).toBe('my draft')
})

test('what a person has copied is there again, though another program looks at all that is copied', async () => {
  await opened.other.ask('copy', 'a person’s text')
  await opened.other.ask('listen', true)
  for (const text of ['one', 'two']) expectDelivered(await waggle.deliver('Left', text))
  expect(await submitted('Left')).toEqual(['one', 'two'])
  await expect.poll(async () => opened.other.ask('read')).toBe('a person’s text')
})

test('64 KiB arrive whole', async () => {
  const text = `${'0123456789 äöü'.repeat(9)}\n`.repeat(509).slice(0, 65_000)
  expectDelivered(await waggle.deliver('Left', text, 40_000))
  expect(await submitted('Left')).toEqual([text])
})

test('nothing is pasted into a window of the profile terminal', async () => {
  await agent('Shell')
  await waggle.call('agent.set', { name: 'Shell', profile: 'terminal' })
  await send('Shell', 'to a terminal')
  await expect.poll(async () => waitsFor('Shell'), { timeout: 15_000 }).toBeDefined()
  expect(await opened.stage.ask('keysOf', 'Shell')).toEqual([])
})

test('a console’s window is known as a terminal without being told; its message waits and says why, and nothing reaches it', async () => {
  const console = await startWineProgram('console', { WAGGLE_TEST_TITLE: 'Console: chat' }, 'wineconsole')
  try {
    await expect.poll(async () => windowOf('Console: chat')).toMatchObject({ app: 'conhost' })
    const { rect } = (await windowOf('Console: chat')) ?? { rect: { x: 0, y: 0 } }
    const { agents } = await waggle.call('agent.set', {
      name: 'Console',
      at: [rect.x + 50, rect.y + 50],
      window: '^Console: ',
    })
    expect(agents.find(({ name }) => name === 'Console')?.profile).toBe('terminal')
    await send('Console', 'to a console')
    await expect.poll(async () => waitsFor('Console'), { timeout: 15_000 }).toBe('unreadable')
    expect(await console.ask('heard')).toEqual([])
  } finally {
    await console.stop()
  }
})
