import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { xdotool } from '../harness/xdotool'
import { inputOf, openInput, openStage, person, personMoves, type WineStage } from './stage'
import { expectDelivered, manySenders } from './many-senders'
import { startWaggle, type WineWaggle } from './waggle'

// All of Waggle but its shell, on a Windows Node: what the windows got is the truth, not what Waggle says.

let waggle: WineWaggle
let opened: WineStage

beforeAll(async () => {
  waggle = await startWaggle()
})
afterAll(async () => waggle.stop())
beforeEach(async () => {
  opened = await openStage()
})
afterEach(async () => {
  xdotool('keyup', 'Shift_L', 'keyup', 'Control_L', 'keyup', 'Alt_L', 'keyup', 'Super_L')
  const { messages } = await waggle.call('message.list', { states: ['queued', 'delivering'] })
  for (const { id } of messages) await waggle.call('message.cancel', { id })
  const { agents } = await waggle.call('agent.list', {})
  for (const { name } of agents) await waggle.call('agent.remove', { name })
  await opened.end()
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
const submitted = async (name: string) =>
  (await opened.stage.ask<{ agent: string; text: string }[]>('submitted'))
    .filter(({ agent }) => agent === name)
    .map(({ text }) => text)

test('3 senders, 2 messages each: each message arrives once, in the right window', async () => {
  await manySenders(waggle, opened, { windows: 2, senders: 3, each: 2 })
})

test('a window that was moved, and one that another covers, get theirs all the same', async () => {
  await agent('Left')
  await opened.stage.ask('move', 'Left', 300, 200)
  expectDelivered(await waggle.deliver('Left', 'moved'))
  await opened.other.ask('cover', 'a window in front', [0, 0, 900, 700], false, true)
  expectDelivered(await waggle.deliver('Left', 'covered'))
  expect(await submitted('Left')).toEqual(['moved', 'covered'])
})

test('a minimized window is brought back and gets its message', async () => {
  await agent('Left')
  expectDelivered(await waggle.deliver('Left', 'before'))
  await opened.stage.ask('minimize', 'Left')
  expectDelivered(await waggle.deliver('Left', 'while minimized'))
  expect(await submitted('Left')).toEqual(['before', 'while minimized'])
})

test('a hidden window that lies over everything covers nothing', async () => {
  await agent('Left')
  await opened.other.ask('cover', 'hidden', [0, 0, 1200, 700], true, false)
  expectDelivered(await waggle.deliver('Left', 'through'))
  expect(await submitted('Left')).toEqual(['through'])
})

test('a title outside the system’s code page tells its window from another', async () => {
  await agent('Left', { title: 'Left: chät 漢' })
  await openInput(opened, 'Other', { title: 'Left: chät 字', at: [460, 40, 400, 300] })
  await waggle.call('agent.set', { name: 'Left', window: '^Left: chät 漢$' })
  expectDelivered(await waggle.deliver('Left', 'to 漢'))
  expect([await submitted('Left'), await submitted('Other')]).toEqual([['to 漢'], []])
})

test.each(['Shift_L', 'Control_L', 'Alt_L', 'Super_L'])(
  'while %s is held a message waits untouched, and goes once it is up',
  async (key) => {
    await agent('Left')
    xdotool('keydown', key)
    const id = await send('Left', `with ${key}`)
    await expect.poll(async () => waitsFor('Left'), { timeout: 15_000 }).toBe('keys-unsafe')
    expect([await submitted('Left'), await opened.stage.ask('textOf', 'Left')]).toEqual([[], ''])
    xdotool('keyup', key)
    expectDelivered(await ended(id))
    expect(await submitted('Left')).toEqual([`with ${key}`])
  },
)

test('a person who types into the input stops the delivery, and keeps what they typed', async () => {
  await agent('Left')
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
  await agent('Left')
  await opened.other.ask('copy', 'a person’s text')
  await opened.other.ask('listen', true)
  for (const text of ['one', 'two', 'three']) expectDelivered(await waggle.deliver('Left', text))
  expect(await submitted('Left')).toEqual(['one', 'two', 'three'])
  await expect.poll(async () => opened.other.ask('read')).toBe('a person’s text')
})

test('64 KiB arrive whole', async () => {
  await agent('Left')
  const text = `${'0123456789 äöü'.repeat(9)}\n`.repeat(509).slice(0, 65_000)
  expectDelivered(await waggle.deliver('Left', text, 40_000))
  expect(await submitted('Left')).toEqual([text])
})

test('nothing is pasted into a terminal’s window', async () => {
  await agent('Left')
  await waggle.call('agent.set', { name: 'Left', profile: 'terminal' })
  const id = await send('Left', 'to a terminal')
  await expect.poll(async () => waitsFor('Left'), { timeout: 15_000 }).toBeDefined()
  expect(await opened.stage.ask('keysOf', 'Left')).toEqual([])
  await waggle.call('message.cancel', { id })
})
