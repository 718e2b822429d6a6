import { expect, test } from 'vitest'
import { everyone, recipients, toggled } from '../../src/renderer/queue/recipients'

const names = ['Agent-1', 'Agent-2', 'Agent-3']

test('nothing chosen means the first agent, one choice that agent, several all of them', () => {
  expect(recipients([], names)).toBe('Agent-1')
  expect(recipients(['Agent-2'], names)).toBe('Agent-2')
  expect(recipients(['Agent-3', 'Agent-1'], names)).toEqual(['Agent-3', 'Agent-1'])
  expect(recipients(everyone, names)).toBe('*')
})

test('an agent that was removed is not written to', () => {
  expect(recipients(['Gone', 'Agent-2'], names)).toBe('Agent-2')
})

test('without agents there is nobody to write to', () => {
  expect(recipients([], [])).toBeUndefined()
  expect(recipients(everyone, [])).toBeUndefined()
})

test('picking an agent again takes it out', () => {
  expect(toggled(toggled(['Agent-1'], 'Agent-2'), 'Agent-1')).toEqual(['Agent-2'])
  expect(toggled(everyone, 'Agent-2')).toEqual(['Agent-2'])
})
