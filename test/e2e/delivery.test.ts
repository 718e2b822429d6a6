import { describe, expect, test } from 'vitest'
import type { AgentSpec } from '../harness/agents'
import { startApp, type RunningApp } from '../harness/app'
import { calibrate, openAgentsDesk, openDesk, openPipe, type AgentsDesk } from '../harness/desk'
import { xdotool } from '../harness/xdotool'

// The whole way: a script's message, the real app, real windows. What arrived in the windows is the truth.

let desk: AgentsDesk<RunningApp>

/** Each agent is set on its window by the window's title. */
async function open(specs: readonly AgentSpec[]): Promise<void> {
  desk = await openAgentsDesk(startApp, { agents: specs, args: ['--hidden'] })
  for (const { name } of specs) await calibrate(desk, name)
}

/** Sends and waits until the message is in a final state; says what it waits for if that takes too long. */
async function deliver(to: string, text: string, from = 'test') {
  const { messages } = await desk.pipe.call('message.send', { to, text, from })
  const id = messages[0]?.id ?? ''
  return desk.pipe.call('message.wait', { id, timeoutMs: 15_000 }).catch(async () => {
    const { failure, state } = await desk.pipe.call('message.get', { id })
    throw new Error(`still ${state}: ${failure?.message}\n${desk.waggle.output()}`)
  })
}

async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 5000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it never came to be')
  }
}

function arrived(): string[] {
  return desk.agents.submissions().map(({ agent, text }) => `${agent}: ${text}`)
}

test('messages of many senders each arrive once, whole, in the window of their agent', async () => {
  const names = ['Agent-1', 'Agent-2', 'Agent-3', 'Agent-4']
  await open(names.map((name) => ({ name })))
  const sent = Array.from({ length: 6 }, (_, sender) =>
    names.map((to, index) => ({
      to,
      from: `sender-${sender}`,
      text: `${sender}.${index} héllo 🐝\nñ ${'x'.repeat(200)}`,
    })),
  ).flat()
  const clients = await Promise.all(Array.from({ length: 6 }, async () => openPipe(desk.waggle)))
  await Promise.all(
    sent.map(async (one, index) => {
      const client = clients[index % 6] ?? desk.pipe
      const { messages } = await client.call('message.send', one)
      await client.call('message.wait', { id: messages[0]?.id ?? '', timeoutMs: 50_000 })
    }),
  )
  expect(arrived().toSorted()).toEqual(sent.map(({ to, text }) => `${to}: ${text}`).toSorted())
  const { messages } = await desk.pipe.call('message.list', { states: ['delivered'], limit: 1000 })
  expect(messages.map(({ proof }) => proof)).toEqual(sent.map(() => 'read-back'))
})

test('"*" reaches every enabled agent but the sender', async () => {
  await open([{ name: 'Agent-1' }, { name: 'Agent-2' }, { name: 'Agent-3' }])
  await desk.pipe.call('agent.set', { name: 'Agent-3', enabled: false })
  await desk.pipe.call('message.send', { to: '*', text: 'all of you', from: 'Agent-1' })
  await desk.agents.submitted(1)
  expect((await desk.pipe.call('queue.status', {})).depth).toBe(0)
  expect(arrived()).toEqual(['Agent-2: all of you'])
})

test('urgent goes before normal before low, and one sender’s messages to one agent keep their order', async () => {
  await open([{ name: 'Agent-1' }])
  await desk.pipe.call('queue.pause', {})
  for (const [text, priority] of [
    ['1', 'low'],
    ['2', 'normal'],
    ['3', 'normal'],
    ['4', 'urgent'],
  ] as const) {
    await desk.pipe.call('message.send', { to: 'Agent-1', text, priority, from: 'test' })
  }
  expect((await desk.pipe.call('queue.status', {})).depth).toBe(4)
  await desk.pipe.call('queue.resume', {})
  await desk.agents.submitted(4)
  expect(arrived()).toEqual(['Agent-1: 4', 'Agent-1: 2', 'Agent-1: 3', 'Agent-1: 1'])
})

test.each(['textarea', 'contenteditable'] as const)(
  'a draft in a %s is neither sent nor lost',
  async (kind) => {
    await open([{ name: 'Agent-1', kind }, { name: 'Agent-2' }])
    const draft = 'half a\nthought'
    const texts = ['a message', 'another\nmessage', 'the last']
    for (const text of texts) {
      await desk.agents.setDraft('Agent-1', draft)
      expect(await deliver('Agent-1', text)).toMatchObject({ state: 'delivered', proof: 'read-back' })
      expect(await desk.agents.readInput('Agent-1')).toBe(draft)
    }
    expect(arrived()).toEqual(texts.map((text) => `Agent-1: ${text}`))
  },
)

test('a test of an agent goes all the way but the submit key, and leaves everything as it was', async () => {
  await open([{ name: 'Agent-1' }, { name: 'Agent-2', kind: 'contenteditable' }])
  for (const name of ['Agent-1', 'Agent-2']) {
    await desk.agents.setDraft(name, 'half a thought')
    const { ok, steps, picture } = await desk.pipe.call('agent.test', { name })
    expect(steps.map(({ step }) => step)).toEqual(['window', 'focus', 'paste', 'read-back', 'draft-back'])
    expect(ok).toBe(true)
    expect(picture).toMatch(/^data:image\/png;base64,.{100}/)
    expect(await desk.agents.readInput(name)).toBe('half a thought')
  }
  await desk.agents.close('Agent-2')
  expect(await desk.pipe.call('agent.test', { name: 'Agent-2' })).toMatchObject({
    ok: false,
    failure: { code: 'window-missing' },
  })
  expect(arrived()).toEqual([])
})

describe('a window that changes', () => {
  test('moved and resized, it still gets its message', async () => {
    await open([{ name: 'Agent-1' }, { name: 'Agent-2' }])
    await desk.agents.move('Agent-1', { x: 500, y: 380, width: 420, height: 300 })
    expect(await deliver('Agent-1', 'after the move')).toMatchObject({ state: 'delivered' })
    expect(arrived()).toEqual(['Agent-1: after the move'])
  })

  test('calibrated by its point alone, it is followed, too', async () => {
    const agents = [{ name: 'Agent-1' }, { name: 'Agent-2' }]
    desk = await openAgentsDesk(startApp, { agents, args: ['--hidden'] })
    const { input } = await desk.agents.window('Agent-1')
    await desk.pipe.call('agent.set', { name: 'Agent-1', at: input })
    await desk.agents.move('Agent-1', { x: 500, y: 380, width: 420, height: 300 })
    expect(await deliver('Agent-1', 'after the move')).toMatchObject({ state: 'delivered' })
    expect(arrived()).toEqual(['Agent-1: after the move'])
  })

  test('behind another window or minimized, it is brought to the front', async () => {
    await open([{ name: 'Agent-1' }, { name: 'Agent-2' }])
    const { rect } = await desk.agents.window('Agent-1')
    await desk.agents.move('Agent-2', { x: rect.x, y: rect.y })
    await desk.agents.focus('Agent-2')
    expect(await deliver('Agent-1', 'from behind')).toMatchObject({ state: 'delivered' })
    await desk.agents.minimize('Agent-1')
    expect(await deliver('Agent-1', 'from below')).toMatchObject({ state: 'delivered' })
    expect(arrived()).toEqual(['Agent-1: from behind', 'Agent-1: from below'])
  })

  test('closed, it gets nothing, nothing is typed elsewhere, others go on; opened again, it gets all', async () => {
    await open([{ name: 'Agent-1' }, { name: 'Agent-2' }])
    await desk.agents.close('Agent-1')
    const { messages } = await desk.pipe.call('message.send', {
      to: 'Agent-1',
      text: 'come back',
      from: 'test',
    })
    expect(await deliver('Agent-2', 'go on')).toMatchObject({ state: 'delivered' })
    const waiting = await desk.pipe.call('message.get', { id: messages[0]?.id ?? '' })
    expect(waiting).toMatchObject({ state: 'queued', failure: { code: 'window-missing' } })
    expect(arrived()).toEqual(['Agent-2: go on'])
    expect(await desk.agents.readInput('Agent-2')).toBe('')
    const opened = performance.now()
    await desk.agents.open('Agent-1')
    await desk.agents.submitted(2)
    expect(performance.now() - opened).toBeLessThan(5000)
    expect(arrived()).toEqual(['Agent-2: go on', 'Agent-1: come back'])
  })
})

test('while a dialog stands before an input its message waits with the reason, and others go on; answered, it goes', async () => {
  await open([{ name: 'Agent-1' }, { name: 'Agent-2' }])
  await desk.agents.dialog('Agent-1', true)
  const { messages } = await desk.pipe.call('message.send', { to: 'Agent-1', text: 'wait', from: 'test' })
  for (const text of ['one', 'two', 'three'])
    expect(await deliver('Agent-2', text)).toMatchObject({ state: 'delivered' })
  const reason = async () => (await desk.pipe.call('queue.status', {})).perAgent['Agent-1']?.waitingFor
  await eventually(async () => (await reason()) !== undefined)
  expect(await desk.pipe.call('message.get', { id: messages[0]?.id ?? '' })).toMatchObject({
    state: 'queued',
  })
  expect(arrived()).toEqual(['Agent-2: one', 'Agent-2: two', 'Agent-2: three'])
  expect(desk.agents.answers()).toEqual([])
  const answered = performance.now()
  await desk.agents.dialog('Agent-1', false)
  await desk.agents.submitted(4)
  expect(performance.now() - answered, 'it goes once the dialog is gone').toBeLessThan(5000)
  expect(arrived().at(-1)).toBe('Agent-1: wait')
})

test('a question within the page is never answered; its message waits with the reason, and others go on', async () => {
  await open([{ name: 'Agent-1' }, { name: 'Agent-2' }])
  expect(await deliver('Agent-1', 'before')).toMatchObject({ state: 'delivered' })
  await desk.agents.ask('Agent-1', true)
  // That the input took a text before is known after a restart, too.
  await desk.waggle.stop()
  desk = { ...desk, ...(await openDesk(startApp, { home: desk.home, args: ['--hidden'] })) }
  await desk.pipe.call('message.send', { to: 'Agent-1', text: 'wait', from: 'test' })
  const reason = async () => (await desk.pipe.call('queue.status', {})).perAgent['Agent-1']?.waitingFor
  await expect.poll(async () => (await reason())?.code, { timeout: 20_000 }).toBe('focus-lost')
  const started = performance.now()
  expect(await deliver('Agent-2', 'go on')).toMatchObject({ state: 'delivered' })
  expect(performance.now() - started, 'it has the desktop at once').toBeLessThan(5000)
  expect(desk.agents.answers()).toEqual([])
  const answered = performance.now()
  await desk.agents.ask('Agent-1', false)
  await desk.agents.submitted(3)
  expect(performance.now() - answered, 'it goes once the question is gone').toBeLessThan(5000)
  expect(arrived()).toEqual(['Agent-1: before', 'Agent-2: go on', 'Agent-1: wait'])
})

test.each(['textarea', 'contenteditable'] as const)(
  'a button that has come to lie over a %s is not pressed',
  async (kind) => {
    await open([{ name: 'Agent-1', kind }, { name: 'Agent-2' }])
    expect(await deliver('Agent-1', 'before')).toMatchObject({ state: 'delivered' })
    const [x, y] = (await desk.agents.window('Agent-1')).input
    const rect = { x: x - 8, y: y - 8, width: 16, height: 16 }
    const shown = async () => (await desk.pipe.call('desktop.picture', { rect })).png
    const before = await shown()
    await desk.agents.ask('Agent-1', true, true)
    await expect.poll(shown).not.toBe(before)
    await desk.pipe.call('message.send', { to: 'Agent-1', text: 'wait', from: 'test' })
    const reason = async () => (await desk.pipe.call('queue.status', {})).perAgent['Agent-1']?.waitingFor
    await eventually(async () => (await reason()) !== undefined)
    expect((await reason())?.message).toMatch(/lies over the input/)
    expect(await deliver('Agent-2', 'go on')).toMatchObject({ state: 'delivered' })
    await desk.agents.ask('Agent-1', false)
    await desk.agents.submitted(3)
    expect(arrived()).toEqual(['Agent-1: before', 'Agent-2: go on', 'Agent-1: wait'])
    expect(desk.agents.answers()).toEqual([])
  },
)

test('clipboard, pointer and focus are the person’s again once the queue is empty', async () => {
  await open([{ name: 'Agent-1' }, { name: 'Agent-2' }, { name: 'Mine' }])
  const [x, y] = (await desk.agents.window('Mine')).input
  await desk.agents.setDraft('Mine', 'the person copied this')
  xdotool('mousemove', String(x), String(y), 'click', '1', 'key', 'ctrl+a', 'ctrl+c')
  await desk.pipe.call('queue.pause', {})
  for (const to of ['Agent-1', 'Agent-2', 'Agent-1'])
    await desk.pipe.call('message.send', { to, text: 'hello', from: 'test' })
  await desk.pipe.call('queue.resume', {})
  await desk.agents.submitted(3)
  await eventually(() => xdotool('getmouselocation').startsWith(`x:${x} y:${y} `))
  await eventually(() => xdotool('getactivewindow', 'getwindowname') === 'Mine: chat')
  await desk.agents.setDraft('Mine', '')
  xdotool('key', 'ctrl+v')
  await eventually(async () => (await desk.agents.readInput('Mine')) === 'the person copied this')
})

test('the queue survives a crash and a restart: what was acknowledged arrives, once', async () => {
  await open([{ name: 'Agent-1' }, { name: 'Agent-2' }])
  await desk.pipe.call('queue.pause', {})
  const texts = Array.from({ length: 10 }, (_, index) => `message ${index}`)
  for (const text of texts) await desk.pipe.call('message.send', { to: 'Agent-1', text, from: 'test' })
  await desk.waggle.kill()
  desk = { ...desk, ...(await openDesk(startApp, { home: desk.home, args: ['--hidden'] })) }
  expect(await desk.pipe.call('queue.status', {})).toMatchObject({ paused: true, depth: 10 })
  await desk.pipe.call('queue.resume', {})
  await desk.agents.submitted(10)
  expect(arrived()).toEqual(texts.map((text) => `Agent-1: ${text}`))
})

test('at the end whoever waits is told so', async () => {
  await open([{ name: 'Agent-1' }])
  await desk.pipe.call('queue.pause', {})
  const { messages } = await desk.pipe.call('message.send', { to: 'Agent-1', text: 'later', from: 'test' })
  const holder = await openPipe(desk.waggle)
  await holder.call('desktop.acquire', { reason: 'a script' })
  const waiting = [
    desk.pipe.call('message.wait', { id: messages[0]?.id ?? '' }),
    desk.pipe.call('desktop.acquire', { reason: 'another' }),
  ]
  const ends = Promise.allSettled(waiting)
  await desk.pipe.call('queue.status', {})
  await desk.waggle.stop()
  const told = { status: 'rejected', reason: expect.objectContaining({ code: 1009 }) as unknown }
  expect(await ends).toEqual([told, told])
})

test('another process that holds the desktop is named, and waited for', async () => {
  await open([{ name: 'Agent-1' }])
  const { lock } = await import('proper-lockfile')
  const release = await lock(`${desk.home}/desktop`, { realpath: false })
  await desk.pipe.call('message.send', { to: 'Agent-1', text: 'after you', from: 'test' })
  expect((await desk.pipe.call('queue.status', {})).holder?.reason).toBe('it does not say why')
  expect(arrived()).toEqual([])
  await release()
  await desk.agents.submitted(1)
  expect((await desk.pipe.call('queue.status', {})).holder).toBeUndefined()
})
