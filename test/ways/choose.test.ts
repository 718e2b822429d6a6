import { beforeEach, expect, test } from 'vitest'
import type { FailureCode } from '../../src/contract/failure'
import { chooseAmong, type Ways } from '../../src/main/ways/choose'
import type { Way } from '../../src/main/ways/way'
import { FakeClock } from '../fakes/fake-clock'
import { MemoryPastes } from '../fakes/memory-pastes'
import { agent, delivered } from '../queue/courier-desk'

let failing: Partial<Record<Way['name'], FailureCode>>
let pastes: MemoryPastes
let ways: Ways
let switches: number

const named = (name: Way['name']) =>
  ({
    name,
    usesDesktop: false,
    ready: async () => {
      const code = failing[name]
      return code && { code, message: `${name} cannot` }
    },
    deliver: async () => delivered,
  }) as const
const [window, tmux, command] = [named('window'), named('tmux'), named('command')]

beforeEach(() => {
  failing = {}
  switches = 0
  pastes = new MemoryPastes(new FakeClock())
  ways = chooseAmong([window, tmux, command], pastes)
  ways.onSwitch(() => void (switches += 1))
})

const both = agent('A', { way: 'tmux', second: 'command' })
const paste = (way?: 'tmux' | 'command') =>
  pastes.write('A', { messageId: '1', text: 'x', draft: '', ...(way && { way }) })

test('an agent is reached by the way it has, and by its window where it has none', () => {
  expect(ways.of(agent('A'))).toBe(window)
  expect(ways.of(agent('A', { way: 'tmux' }))).toBe(tmux)
})

test('a way that is not there is a reason to wait, and never another way instead', async () => {
  const failure = { code: 'not-calibrated', message: expect.stringMatching(/^A is .*"terminal"/) as string }
  expect(ways.of(agent('A', { way: 'terminal' }))).toEqual(failure)
  expect(await ways.choose(agent('A', { way: 'terminal' }), 'normal')).toEqual(failure)
})

test.each(['agent-ended', 'not-calibrated', 'window-missing', 'unreadable', 'desktop-unavailable'] as const)(
  'while the first way is not possible (%s) the second is used, and the first again once it is',
  async (code) => {
    failing = { tmux: code }
    expect(await ways.choose(both, 'normal')).toBeUndefined()
    expect([ways.of(both), switches]).toEqual([command, 1])
    expect(await ways.secondServes(both, code)).toBe(true)
    failing = {}
    expect(await ways.choose(both, 'normal')).toBeUndefined()
    expect([ways.of(both), switches]).toEqual([tmux, 2])
  },
)

test.each([
  'agent-asks',
  'agent-busy',
  'agent-starting',
  'draft-present',
  'user-active',
  'earlier-paste',
] as const)('what passes by itself or by its person (%s) is waited for', async (code) => {
  failing = { tmux: code }
  expect((await ways.choose(both, 'normal'))?.code).toBe(code)
  expect([ways.of(both), await ways.secondServes(both, code)]).toEqual([tmux, false])
})

test('it is not used while a text may still stand where the first way has put it', async () => {
  failing = { tmux: 'agent-ended' }
  paste('tmux')
  const failure = await ways.choose(both, 'normal')
  expect(failure?.code).toBe('agent-ended')
  expect(failure?.message).toMatch(/tmux cannot Its second way is not used.*may still stand/)
  expect([ways.of(both), await ways.secondServes(both, 'agent-ended')]).toEqual([tmux, false])
  pastes.erase('A')
  expect(await ways.choose(both, 'normal')).toBeUndefined()
  expect(ways.of(both)).toBe(command)
})

test('nor the first, while one may stand where the second has put it', async () => {
  paste('command')
  expect(await ways.choose(both, 'normal')).toBeUndefined()
  expect(ways.of(both)).toBe(command)
  failing = { command: 'agent-ended' }
  expect((await ways.choose(both, 'normal'))?.message).toBe('command cannot')
  expect(ways.of(both)).toBe(command)
})

test('a paste that names no way stands in the window', async () => {
  const inWindow = agent('A', { second: 'command' })
  failing = { window: 'window-missing' }
  paste()
  expect((await ways.choose(inWindow, 'normal'))?.code).toBe('window-missing')
})

test('where neither is possible both reasons are told', async () => {
  failing = { tmux: 'agent-ended', command: 'not-calibrated' }
  const failure = await ways.choose(both, 'normal')
  expect(failure).toEqual({
    code: 'agent-ended',
    message: 'tmux cannot Its second way, command, cannot be used either: command cannot',
  })
  expect(switches).toBe(0)
})

test('an agent that is set anew begins with its first way', async () => {
  failing = { tmux: 'agent-ended' }
  await ways.choose(both, 'normal')
  expect(ways.of({ ...both })).toBe(tmux)
})
