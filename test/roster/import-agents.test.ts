import { expect, test } from 'vitest'
import type { Agent } from '../../src/contract/agent'
import { OperationError } from '../../src/contract/failure'
import { importAgents } from '../../src/main/roster/import-agents'

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
