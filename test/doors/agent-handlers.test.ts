import { describe, expect, test } from 'vitest'
import type { Params } from '../../src/contract/operations'
import type { HandlerDeps } from '../../src/main/doors/handlers'
import { FakeRoster } from '../fakes/fake-roster'
import { calibrationAt, openDesk } from './desk'

describe('the ways of an agent', () => {
  const command = ['codex', 'queue', '--message', '{text}']

  test('follow what it is set to, unless that is for its second one', async () => {
    const desk = openDesk({ lookIntoPane: async () => ({ program: 'claude', panePid: 7 }) })
    await desk.call('agent.set', { name: 'A', command })
    expect(desk.roster.get('A')).toMatchObject({ way: 'command', command })
    await desk.call('agent.set', { name: 'A', tmux: '%3', second: 'command' })
    expect(desk.roster.get('A')).toMatchObject({ way: 'tmux', second: 'command', command })
    await desk.call('agent.set', { name: 'A', command: ['mine'] })
    expect(desk.roster.get('A')).toMatchObject({ way: 'tmux', second: 'command', command: ['mine'] })
    await desk.call('agent.set', { name: 'A', second: null })
    expect(desk.roster.get('A')).not.toHaveProperty('second')
    await desk.call('agent.set', { name: 'A', command })
    expect(desk.roster.get('A')).toMatchObject({ way: 'command' })
  })

  test('by the command of a Codex: its thread is looked for where the agent is, once, when that is set', async () => {
    const looked: unknown[] = []
    const desk = openDesk({
      lookIntoPane: async () => ({ program: 'codex', panePid: 7 }),
      threadOf: async ({ name, panePid }) => {
        looked.push([name, panePid])
        return panePid === undefined ? { refusal: 'the thread of A is not known' } : 'T-1'
      },
    })
    const queue = ['codex', 'queue', '--thread', '{thread}', '--message={text}']
    const refused = await desk.refused('agent.set', { name: 'A', command: queue })
    expect(refused.message).toContain('the thread of A is not known')
    expect(desk.roster.get('A')).toBeUndefined()
    await desk.call('agent.set', { name: 'A', tmux: '%3', command: queue, way: 'command' })
    expect(desk.roster.get('A')).toMatchObject({
      way: 'command',
      command: ['codex', 'queue', '--thread', 'T-1', '--message={text}'],
    })
    await desk.call('agent.set', { name: 'A', command })
    expect(looked).toEqual([
      ['A', undefined],
      ['A', 7],
    ])
  })

  test('are two', async () => {
    const desk = openDesk()
    const refused = await desk.refused('agent.set', { name: 'A', second: 'window' })
    expect(refused.message).toContain('is its first way')
    expect(desk.roster.get('A')).toBeUndefined()
  })

  test('keep their order when its terminal joins', async () => {
    const desk = openDesk()
    await desk.call('agent.set', { name: 'A', command, second: 'terminal' })
    const joined = { name: 'A', program: 'claude', pid: 7, standing: { state: 'starting' } } as const
    await desk.call('terminal.join', joined)
    expect(desk.roster.get('A')).toMatchObject({ way: 'command', second: 'terminal', program: 'claude' })
  })
})

describe('agent.set', () => {
  test('a new agent is enabled, a chat, and knows the window at its point', async () => {
    const desk = openDesk({ roster: new FakeRoster() })
    const { agents } = await desk.call('agent.set', { name: 'Agent-1', at: [150, 190] })
    expect(agents).toEqual([
      {
        name: 'Agent-1',
        at: [150, 190],
        profile: 'chat',
        enabled: true,
        description: '',
        calibration: calibrationAt([150, 190]),
        stands: 'ready',
        lookedAtBy: 'none',
      },
    ])
  })

  test('fields not given stay as they are', async () => {
    const desk = openDesk({ roster: new FakeRoster() })
    await desk.call('agent.set', {
      name: 'A',
      at: [1, 2],
      window: 'Claude',
      profile: 'terminal',
      description: 'tests',
    })
    const { agents } = await desk.call('agent.set', { name: 'A', enabled: false })
    expect(agents[0]).toMatchObject({
      at: [1, 2],
      window: 'Claude',
      profile: 'terminal',
      description: 'tests',
      enabled: false,
    })
    expect(agents[0]?.calibration).toEqual(calibrationAt([1, 2]))
    expect(desk.calibrated).toHaveLength(1)
  })

  test('a new point or window title is calibrated anew', async () => {
    const desk = openDesk({ roster: new FakeRoster() })
    await desk.call('agent.set', { name: 'A', at: [1, 2] })
    await desk.call('agent.set', { name: 'A', window: 'Claude' })
    await desk.call('agent.set', { name: 'A', at: [3, 4] })
    expect(desk.calibrated).toEqual([
      { at: [1, 2], window: undefined },
      { at: [1, 2], window: 'Claude' },
      { at: [3, 4], window: 'Claude' },
    ])
  })

  test('a profile that nobody chose follows the window at every change, and a chosen one stays', async () => {
    const apps: (string | undefined)[] = [undefined, 'XTerm', 'Slack', 'XTerm', 'XTerm', 'XTerm']
    const calibrate: HandlerDeps['calibrate'] = async (at) => {
      const app = apps.shift()
      return app === undefined ? undefined : { ...calibrationAt(at), app }
    }
    const desk = openDesk({ roster: new FakeRoster(), calibrate })
    const set = async (more: Partial<Params<'agent.set'>> = {}) =>
      (await desk.call('agent.set', { name: 'A', at: [1, 2], ...more })).agents[0]?.profile
    // Set before its terminal stood there, then with it, and so on.
    const followed = [await set(), await set(), await set(), await set()]
    expect(followed).toEqual(['chat', 'terminal', 'chat', 'terminal'])
    expect([await set({ profile: 'chat' }), await set()]).toEqual(['chat', 'chat'])
    expect(apps).toEqual([])
  })

  test('a point where no window stands forgets the window of the old point', async () => {
    let stands = true
    const desk = openDesk({
      roster: new FakeRoster(),
      calibrate: (at) => Promise.resolve(stands ? calibrationAt(at) : undefined),
    })
    await desk.call('agent.set', { name: 'A', at: [1, 2] })
    stands = false
    const { agents } = await desk.call('agent.set', { name: 'A', at: [3, 4] })
    expect(agents[0]).not.toHaveProperty('calibration')
  })

  test('a change made while the window was looked at is not lost', async () => {
    const desk = openDesk({
      roster: new FakeRoster(),
      calibrate: async (at) => {
        await desk.call('agent.set', { name: 'A', description: 'meanwhile' })
        return calibrationAt(at)
      },
    })
    const { agents } = await desk.call('agent.set', { name: 'A', at: [1, 2] })
    expect(agents[0]).toMatchObject({ description: 'meanwhile', at: [1, 2] })
  })

  test.each([
    [-1, 5],
    [1280, 5],
    [5, 800],
  ] as const)('the point %i,%i outside every screen is refused', async (x, y) => {
    const desk = openDesk()
    const error = await desk.refused('agent.set', { name: 'Agent-1', at: [x, y] })
    expect(error).toMatchObject({ code: -32602, data: { issues: [{ path: ['at'] }] } })
    expect(error.message).toContain('outside every screen (1280x800 at 0,0)')
    expect(desk.roster.get('Agent-1')?.at).toBeUndefined()
  })

  test('a second screen left of the first takes negative points', async () => {
    const desk = openDesk({ screens: () => Promise.resolve([{ x: -700, y: 0, width: 700, height: 800 }]) })
    await desk.call('agent.set', { name: 'Agent-1', at: [-700, 0] })
    expect(desk.roster.get('Agent-1')?.at).toEqual([-700, 0])
  })

  test('an unknown profile is refused with those there are', async () => {
    const error = await openDesk().refused('agent.set', { name: 'Agent-1', profile: 'chta' })
    expect(error.message).toContain('there is no profile "chta"; known are chat, terminal')
  })

  test('a bad window pattern is refused before it can match the wrong window', async () => {
    const error = await openDesk().refused('agent.set', { name: 'Agent-1', window: '(' })
    expect(error.message).toContain('"window": not a regular expression')
  })

  test('without screens a point is refused for now, not taken unchecked', async () => {
    const desk = openDesk({ screens: () => Promise.resolve([]) })
    expect(await desk.refused('agent.set', { name: 'Agent-1', at: [1, 2] })).toMatchObject({ code: 1006 })
  })
})

test('an export imports to the same agents', async () => {
  const desk = openDesk({ roster: new FakeRoster() })
  await desk.call('agent.set', { name: 'A.b', at: [1, 2], window: 'Claude' })
  await desk.call('agent.set', { name: 'B', enabled: false, description: 'second' })
  const exported = await desk.call('agent.export', {})
  const other = openDesk({ roster: new FakeRoster() })
  expect(await other.call('agent.import', { content: JSON.stringify(exported) })).toMatchObject(exported)
})

test('an unknown agent is not removed but named', async () => {
  const desk = openDesk()
  expect(await desk.refused('agent.remove', { name: 'agent-1' })).toMatchObject({
    code: 1001,
    data: { closest: 'Agent-1' },
  })
  const { agents } = await desk.call('agent.remove', { name: 'Agent-1' })
  expect(agents.map((agent) => agent.name)).toEqual(['Agent-2', 'Agent-3'])
})

describe('agent.rename', () => {
  test('the agent keeps all but its name, and what waits follows', async () => {
    const desk = openDesk()
    await desk.call('agent.set', { name: 'Agent-1', at: [1, 2], description: 'tests' })
    const { messages } = await desk.call('message.send', { to: 'Agent-1', text: 'hello' })
    const { agents } = await desk.call('agent.rename', { name: 'Agent-1', to: 'Reviewer' })
    expect(agents[0]).toMatchObject({ name: 'Reviewer', at: [1, 2], description: 'tests' })
    expect(await desk.call('message.get', { id: messages[0]?.id ?? '' })).toMatchObject({ to: 'Reviewer' })
    expect(await desk.refused('message.send', { to: 'Agent-1', text: 'hello' })).toMatchObject({ code: 1001 })
  })

  test('a name that is taken is refused, and nothing is lost', async () => {
    const desk = openDesk()
    const error = await desk.refused('agent.rename', { name: 'Agent-1', to: 'Agent-2' })
    expect(error).toMatchObject({ code: -32602, data: { issues: [{ path: ['to'] }] } })
    expect(desk.roster.list()).toHaveLength(3)
  })

  test('what cannot be written down leaves the waiting messages where they were', async () => {
    const roster = new FakeRoster('Agent-1')
    roster.rename = () => {
      throw new Error('settings.json cannot be read')
    }
    const desk = openDesk({ roster })
    const { messages } = await desk.call('message.send', { to: 'Agent-1', text: 'hello' })
    await expect(desk.call('agent.rename', { name: 'Agent-1', to: 'B' })).rejects.toThrow('settings.json')
    expect(await desk.call('message.get', { id: messages[0]?.id ?? '' })).toMatchObject({ to: 'Agent-1' })
  })
})

test('a preview of an import says what would change and changes nothing', async () => {
  const desk = openDesk({ roster: new FakeRoster('Agent-1') })
  const content = JSON.stringify({ agents: { 'Agent-1': { chat_input_coordinates: [1, 2] }, 'Agent-9': {} } })
  const { changes, agents } = await desk.call('agent.import', { content, preview: true })
  expect(changes.map(({ name, change }) => [name, change])).toEqual([
    ['Agent-1', 'changed'],
    ['Agent-9', 'new'],
  ])
  expect(agents).toEqual([{ name: 'Agent-1', profile: 'chat', enabled: true, description: '' }])
  expect(desk.roster.list()).toEqual(agents)
})

const file = (agents: object) => ({ content: JSON.stringify({ agents }) })

describe('the undo of an import', () => {
  test('says what it will do before it does exactly that, once', async () => {
    const desk = openDesk({ roster: new FakeRoster('Agent-1') })
    const before = desk.roster.list()
    await desk.call('agent.import', file({ 'Agent-1': { at: [1, 2] }, 'Agent-9': {} }))
    const imported = desk.roster.list()
    const { changes } = await desk.call('agent.import', { undo: true, preview: true })
    expect(changes).toEqual([
      { name: 'Agent-1', change: 'changed', before: imported[0], after: before[0] },
      { name: 'Agent-9', change: 'removed', before: imported[1] },
    ])
    expect(desk.roster.list()).toEqual(imported)
    expect((await desk.call('agent.import', { undo: true })).agents).toEqual(before)
    expect(await desk.refused('agent.import', { undo: true })).toMatchObject({ code: 1003 })
  })

  test('is of the last import that changed anything and was to be remembered', async () => {
    const desk = openDesk({ roster: new FakeRoster('Agent-1') })
    await desk.call('agent.import', file({ 'Agent-1': { at: [1, 2] } }))
    await desk.call('agent.import', file({ 'Agent-1': { at: [1, 2] } }))
    await desk.call('agent.import', { ...file({ 'Agent-2': {} }), remember: false })
    const { agents } = await desk.call('agent.import', { undo: true })
    expect(agents.map(({ name, at }) => [name, at])).toEqual([
      ['Agent-1', undefined],
      ['Agent-2', undefined],
    ])
  })

  test('has no content, and an import has one', async () => {
    const desk = openDesk()
    expect(await desk.refused('agent.import', {})).toMatchObject({ code: -32602 })
    expect(await desk.refused('agent.import', { ...file({}), undo: true })).toMatchObject({ code: -32602 })
  })
})
