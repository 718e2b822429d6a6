import { describe, expect, test } from 'vitest'
import type { Choice } from '../../src/main/ways/window/pointing'
import { newAgent } from '../../src/main/roster/new-agent'
import { FakeRoster } from '../fakes/fake-roster'
import { noPointing } from '../fakes/no-pointing'
import { NOW, openDesk } from './desk'

const rect = { x: 100, y: 100, width: 400, height: 300 }
const choice = (title: string, pattern?: string): Choice => ({
  at: [300, 390],
  window: {
    id: '7',
    title,
    app: 'cursor',
    rect,
    minimized: false,
    ...(pattern !== undefined && { pattern, matches: 1 }),
  },
})

function deskThatPoints(answer: Choice | undefined, roster = new FakeRoster()) {
  return openDesk({
    roster,
    pointing: { ...noPointing, ask: () => Promise.resolve(answer) },
    hover: () => (answer ? Promise.resolve(answer) : Promise.reject(new Error('no window'))),
  })
}

describe('agent.point', () => {
  test('sets point, pattern and the window to follow in one go, and adds an agent that is new', async () => {
    const desk = deskThatPoints(choice('api - Cursor', '^(?:.+ - )?api - Cursor$'))
    const { pointed, agents } = await desk.call('agent.point', { name: 'Agent-1' })
    expect(pointed).toBe(true)
    expect(agents).toEqual([
      {
        ...newAgent('Agent-1'),
        at: [300, 390],
        window: '^(?:.+ - )?api - Cursor$',
        calibration: {
          at: new Date(NOW).toISOString(),
          windowId: '7',
          title: 'api - Cursor',
          app: 'cursor',
          rect,
        },
      },
    ])
  })

  test('keeps all else of a known agent, and its own pattern where that fits', async () => {
    const roster = new FakeRoster()
    roster.put({ ...newAgent('A'), window: 'api', description: 'tests', enabled: false })
    const { agents } = await deskThatPoints(choice('api - Cursor', '^x$'), roster).call('agent.point', {
      name: 'A',
    })
    expect(agents[0]).toMatchObject({ window: 'api', description: 'tests', enabled: false, at: [300, 390] })
  })

  test('replaces a pattern that does not fit the window, and drops it where there is no title', async () => {
    const roster = new FakeRoster()
    roster.put({ ...newAgent('A'), window: 'web' })
    const desk = deskThatPoints(choice('api - Cursor', '^api - Cursor$'), roster)
    expect((await desk.call('agent.point', { name: 'A' })).agents[0]?.window).toBe('^api - Cursor$')
    const untitled = deskThatPoints(choice(''), roster)
    expect((await untitled.call('agent.point', { name: 'A' })).agents[0]).not.toHaveProperty('window')
  })

  test('given up, nothing is changed and no agent added', async () => {
    const desk = deskThatPoints(undefined)
    expect(await desk.call('agent.point', { name: 'Agent-1' })).toEqual({ agents: [], pointed: false })
  })
})

describe('agent.here', () => {
  test('without a name it is the agent that lives in that window, else the next free number', async () => {
    const desk = deskThatPoints(choice('api', '^api$'), new FakeRoster('Agent-1'))
    expect(await desk.call('agent.here', {})).toMatchObject({ name: 'Agent-2', added: true })
    expect(await desk.call('agent.here', {})).toMatchObject({ name: 'Agent-2', added: false })
    expect(desk.roster.list()).toHaveLength(2)
  })

  test('with a name it is that agent, wherever the pointer is', async () => {
    const desk = deskThatPoints(choice('api', '^api$'), new FakeRoster('Agent-1'))
    expect(await desk.call('agent.here', { name: 'Agent-1' })).toMatchObject({
      name: 'Agent-1',
      added: false,
    })
    expect(desk.roster.get('Agent-1')?.at).toEqual([300, 390])
  })
})
