import { expect, test } from 'vitest'
import type { Agent } from '../../src/contract/agent'
import { compareAgents, coordinateForm, importAgents } from '../../src/main/roster/import-agents'
import { newAgent } from '../../src/main/roster/new-agent'

const known: readonly Agent[] = [
  { ...newAgent('Agent-1'), at: [150, 190], description: 'Lead' },
  { ...newAgent('Agent-2'), at: [300, 190] },
]
const deps = {
  existing: (name: string) => known.find((agent) => agent.name === name),
  profiles: ['chat'],
}
const older = JSON.stringify({
  agents: {
    'Agent-1': { chat_input_coordinates: [150, 190], description: 'Lead', active: true },
    'Agent-2': { chat_input_coordinates: [-308, 480] },
    'Agent-3': { chat_input_coordinates: [10, 20] },
    'Agent-4': { chat_input_coordinates: ['ten', 20] },
  },
})

test('a file is compared agent by agent: same, changed, new, broken', () => {
  const changes = compareAgents(older, deps)
  expect(changes).toMatchObject([
    { name: 'Agent-1', change: 'same' },
    { name: 'Agent-2', change: 'changed', before: { at: [300, 190] }, after: { at: [-308, 480] } },
    { name: 'Agent-3', change: 'new', after: { at: [10, 20] } },
    { name: 'Agent-4', change: 'broken' },
  ])
  expect(changes[2]).not.toHaveProperty('before')
  expect(changes[3]).not.toHaveProperty('after')
  expect(changes[3]?.problems?.[0]).toContain('chat_input_coordinates.0')
})

test('broken agents are left out only where that is asked for', () => {
  expect(() => importAgents(older, deps)).toThrow('No agent was imported. Agent-4')
  const names = importAgents(older, deps, true).map(({ name }) => name)
  expect(names).toEqual(['Agent-1', 'Agent-2', 'Agent-3'])
})

test('a file with nothing but broken agents is refused all the same', () => {
  const content = JSON.stringify({ agents: { A: { chat_input_coordinates: 7 } } })
  expect(() => importAgents(content, deps, true)).toThrow('No agent was imported')
})

test('an agent that is in the file twice is broken once', () => {
  const content = JSON.stringify({ agents: [newAgent('A'), newAgent('A'), newAgent('B')] })
  const changes = compareAgents(content, deps)
  expect(changes.map(({ name, change }) => [name, change])).toEqual([
    ['A', 'broken'],
    ['B', 'new'],
  ])
  expect(changes[0]?.problems).toEqual(['is in the file twice'])
})

test.each([
  [
    '{"agents": {"A": {"chat_input_coordinates": [1, 2]}}}',
    'agents by name, points as chat_input_coordinates',
  ],
  ['{"agents": [{"name": "A", "at": [1, 2]}]}', 'a list of agents, points as at'],
  ['{"8-agent": {"A": {"input_box": {"x": 1, "y": 2}}}}', 'agents by layout (8-agent), points as input_box'],
  ['{"A": [1, 2], "B": {"x": 1, "y": 2}}', 'agents by name, at the top, points as at, x and y'],
  ['{"agents": {"A": {}}}', 'agents by name, without points'],
  [
    '{"version": "2.0", "agents": {"A": {}}, "updated": 1}',
    'agents by name, without points; left out beside the agents: version, updated',
  ],
  [
    '{"8-agent": {"A": {"x": 1, "y": 2}}, "screen": [1, 2]}',
    'agents by layout (8-agent), points as x and y; left out beside the agents: screen',
  ],
  [
    '{"A": [1, 2], "version": "2.0"}',
    'agents by name, at the top, points as at; left out beside the agents: version',
  ],
])('it is said which form a file was taken for, and what of it is left out: %s', (content, form) => {
  expect(coordinateForm(content)).toBe(form)
})
