import { expect, test } from 'vitest'
import { chooseAmong } from '../../src/main/ways/choose'
import type { Way } from '../../src/main/ways/way'
import { agent, delivered } from '../queue/courier-desk'

const named = (name: Way['name']) =>
  ({ name, usesDesktop: false, ready: async () => undefined, deliver: async () => delivered }) as const

test('an agent is reached by the way it has, and by its window where it has none', () => {
  const [window, tmux] = [named('window'), named('tmux')]
  const wayOf = chooseAmong([window, tmux])
  expect(wayOf(agent('A'))).toBe(window)
  expect(wayOf(agent('A', { way: 'tmux' }))).toBe(tmux)
})

test('a way that is not there is a reason to wait, and never another way instead', () => {
  const wayOf = chooseAmong([named('window')])
  const failure = { code: 'not-calibrated', message: expect.stringMatching(/^A is .*"terminal"/) as string }
  expect(wayOf(agent('A', { way: 'terminal' }))).toEqual(failure)
})
