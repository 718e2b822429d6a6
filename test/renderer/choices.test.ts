import { expect, test } from 'vitest'
import { targetOf } from '../../src/renderer/components/list-keys'
import { everyone, recipients, toggled } from '../../src/renderer/queue/recipients'

const names = ['Agent-1', 'Agent-2', 'Agent-3']
const keys = ['a', 'b', 'c']

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

test('the arrow keys walk the rows and stop at both ends', () => {
  expect(targetOf('ArrowDown', keys, undefined)).toEqual({ key: 'a' })
  expect(targetOf('ArrowDown', keys, 'b')).toEqual({ key: 'c' })
  expect(targetOf('ArrowDown', keys, 'c')).toEqual({ key: 'c' })
  expect(targetOf('ArrowUp', keys, 'a')).toEqual({ key: 'a' })
  expect(targetOf('End', keys, 'a')).toEqual({ key: 'c' })
  expect(targetOf('Home', keys, 'c')).toEqual({ key: 'a' })
})

test('Escape leaves the selection; other keys and an empty list are left alone', () => {
  expect(targetOf('Escape', keys, 'b')).toEqual({ key: undefined })
  expect(targetOf('x', keys, 'b')).toBeUndefined()
  expect(targetOf('ArrowDown', [], undefined)).toBeUndefined()
})
