import { describe, expect, test } from 'vitest'
import type { Agent } from '../../src/contract/agent'
import { OperationError } from '../../src/contract/failure'
import { compareAgents, importAgents } from '../../src/main/roster/import-agents'

const read = (content: unknown, existing?: Agent) =>
  importAgents(typeof content === 'string' ? content : JSON.stringify(content), {
    existing: (name) => (existing?.name === name ? existing : undefined),
    profiles: ['chat', 'terminal'],
  })

function refusal(content: unknown): OperationError {
  try {
    read(content)
  } catch (error) {
    if (error instanceof OperationError) return error
  }
  throw new Error('it was not refused')
}

test("the older swarm's file is read: names, points, descriptions, who is active", () => {
  const content = {
    version: '2.0',
    last_updated: '2025-01-01',
    agents: {
      'Agent-1': {
        chat_input_coordinates: [-1269, 481],
        onboarding_input_coordinates: [-1265, 171],
        description: 'Lead',
        active: true,
      },
      'Agent-2': { chat_input_coordinates: [-308, 480], active: false },
    },
  }
  expect(read(content)).toEqual([
    { name: 'Agent-1', at: [-1269, 481], profile: 'chat', enabled: true, description: 'Lead' },
    { name: 'Agent-2', at: [-308, 480], profile: 'chat', enabled: false, description: '' },
  ])
})

test('an older file moves an agent and keeps what it does not know of, but not the old window', () => {
  const existing: Agent = {
    name: 'A',
    at: [1, 2],
    window: 'Claude',
    profile: 'terminal',
    enabled: true,
    description: 'old',
    calibration: {
      at: '2026-01-01T00:00:00.000Z',
      windowId: '7',
      title: 'A',
      app: 'x',
      rect: { x: 0, y: 0, width: 1, height: 1 },
    },
  }
  expect(read({ agents: { A: { chat_input_coordinates: [3, 4] } } }, existing)).toEqual([
    { name: 'A', at: [3, 4], window: 'Claude', profile: 'terminal', enabled: true, description: 'old' },
  ])
})

const whole: Agent = {
  name: 'Agent-1',
  at: [150, 190],
  window: 'X',
  profile: 'terminal',
  enabled: false,
  description: 'Lead',
  calibration: {
    at: '2026-01-01T00:00:00.000Z',
    windowId: '7',
    title: 'A',
    app: 'x',
    rect: { x: 0, y: 0, width: 1, height: 1 },
  },
}

describe('an import takes nothing away that the file does not mention', () => {
  const { calibration: _, ...moved } = { ...whole, at: [160, 200] }

  test.each([
    ['our own, with a point only', { agents: { 'Agent-1': { at: [160, 200] } } }],
    ['a list', { agents: [{ name: 'Agent-1', at: [160, 200] }] }],
    ['the older swarm’s', { agents: { 'Agent-1': { chat_input_coordinates: [160, 200] } } }],
    ['with a short name for it', { agents: { 'Agent-1': { chat_input_coords: [160, 200] } } }],
    ['coordinates', { agents: { 'Agent-1': { coordinates: [160, 200] } } }],
    ['x and y', { agents: { 'Agent-1': { x: 160, y: 200 } } }],
    ['by layout', { '8-agent': { 'Agent-1': { input_box: { x: 160, y: 200 } } } }],
    ['names with points', { 'Agent-1': [160, 200], version: '2.0' }],
    ['names with an input', { 'Agent-1': { chat_input: [160, 200] }, updated: '2025' }],
  ])('%s', (_what, content) => {
    expect(read(content, whole)).toEqual([moved])
  })

  test('and what stands at the same point keeps the window it was seen in', () => {
    expect(read({ 'Agent-1': [150, 190] }, whole)).toEqual([whole])
    expect(read({ agents: { 'Agent-1': {} } }, whole)).toEqual([whole])
    expect(read({ agents: { 'Agent-1': { description: 'new' } } }, whole)).toEqual([
      { ...whole, description: 'new' },
    ])
  })
})

test('every key that is not known is told, and those that are known are not', () => {
  const content = JSON.stringify({
    agents: {
      'Agent-1': { coordinates: [1, 2], onboarding_input_coordinates: [3, 4], colour: 'red', active: true },
      'Agent-2': { at: [1, 2], window: 'x', wndow: 'y' },
    },
  })
  const changes = compareAgents(content, { existing: () => undefined, profiles: ['chat'] })
  expect(changes.map(({ ignored }) => ignored)).toEqual([
    ['onboarding_input_coordinates', 'colour'],
    ['wndow'],
  ])
})

const layout = (x: number) => ({ A: { input_box: { x, y: 2 } }, B: { input_box: { x: 9, y: 9 } } })

test('layouts that agree are read as one, and those that do not are told', () => {
  expect(read({ '2-agent': layout(1), '8-agent': layout(1) }).map(({ name }) => name)).toEqual(['A', 'B'])
  expect(refusal({ '2-agent': layout(1), '8-agent': layout(7) }).message).toContain('A: is in the file twice')
})

test('what a preview says is what an import does', () => {
  const content = JSON.stringify({
    agents: { 'Agent-1': { x: 1, y: 2 }, B: { at: [5, 5], description: 'b' } },
  })
  const deps = {
    existing: (name: string) => (name === 'Agent-1' ? whole : undefined),
    profiles: ['chat', 'terminal'],
  }
  expect(compareAgents(content, deps).map(({ after }) => after)).toEqual(importAgents(content, deps))
})

test('a hundred thousand agents of one name are told soon', () => {
  const before = process.cpuUsage()
  const many = Array.from({ length: 60_000 }, () => '{"name":"A"}').join()
  expect(refusal(`{"agents":[${many}]}`).message).toContain('twice')
  expect(process.cpuUsage(before).user).toBeLessThan(3_000_000)
})

test('a byte order mark before the file is no part of it', () => {
  expect(read('\uFEFF{"agents":{"Agent-1":{"at":[1,2]}}}')).toMatchObject([{ name: 'Agent-1', at: [1, 2] }])
})

test('every wrong agent and field is named, and nothing is imported', () => {
  const error = refusal({
    agents: {
      Good: { chat_input_coordinates: [1, 2] },
      Bad: { chat_input_coordinates: [1] },
      Worse: { chat_input_coordinates: [1, 2], active: 'yes' },
    },
  })
  expect(error.code).toBe(-32602)
  expect(error.message).toMatch(/^No agent was imported\. Bad, chat_input_coordinates.*1 more/)
  expect(error.data?.['issues']).toMatchObject([
    { path: ['Bad', 'chat_input_coordinates'] },
    { path: ['Worse', 'active'] },
  ])
})

test.each([
  ['not JSON', 'agents: yes'],
  ['no agents', {}],
  ['an empty list', { agents: [] }],
  ['agents that are a number', { agents: 7 }],
  ['a name twice', { agents: [{ name: 'A' }, { name: 'A' }] }],
  ['a bad name', { agents: { '*': { chat_input_coordinates: [1, 2] } } }],
  ['an unknown profile', { agents: [{ name: 'A', profile: 'telepathy' }] }],
])('a file with %s is refused with a sentence', (_what, content) => {
  expect(refusal(content)).toMatchObject({
    code: -32602,
    message: expect.stringContaining('No agent was imported.') as unknown,
  })
})
