import { expect, test } from 'vitest'
import type { Agent } from '../../src/contract/agent'
import type { FailureCode } from '../../src/contract/failure'
import { agentStanding, targetWords } from '../../src/renderer/agents/agent-standing'
import { stateOf } from '../../src/renderer/components/header-state'
import { firstLine, span, wholeSpan } from '../../src/renderer/format'
import { waitingReason } from '../../src/renderer/queue/waiting-reason'
import { stateWords, texts } from '../../src/renderer/texts'
import { aMessage } from './messages'

const status = { paused: false, depth: 0, perAgent: {} }
const missing = { code: 'window-missing', message: '…' } as const
const agent: Agent = { name: 'Agent-1', at: [1, 2], profile: 'chat', enabled: true, description: '' }

test('"delivered" is never said without how that is known', () => {
  expect(stateWords(aMessage({ state: 'delivered', proof: 'read-back' }))).toBe('delivered, read back')
  expect(stateWords(aMessage({ state: 'delivered', proof: 'window' }))).toBe('delivered, window seen')
})

test('what was only pasted is not called delivered', () => {
  const pasted = aMessage({ state: 'delivered', proof: 'read-back', submit: false })
  expect(stateWords(pasted)).toBe('pasted, read back')
})

test('a failure is told with its reason, a doubt with who decides', () => {
  expect(stateWords(aMessage({ state: 'failed', failure: missing }))).toBe('failed: window not found')
  expect(stateWords(aMessage({ state: 'in-doubt' }))).toBe('may have been sent: you decide')
})

test('a waiting message says what it waits for before how urgent it is', () => {
  const urgent = aMessage({ priority: 'urgent' })
  expect(waitingReason(urgent, status)?.words).toBe('urgent')
  expect(waitingReason({ ...urgent, failure: missing }, status)?.words).toBe('window not found')
  const perAgent = { 'Agent-1': { depth: 1, paused: true, waitingFor: missing } }
  expect(waitingReason(urgent, { ...status, perAgent })?.words).toBe('paused')
  expect(waitingReason(aMessage(), status)).toBeUndefined()
})

test('an agent asks for a person only for what a person can change', () => {
  const standing = (code: FailureCode) =>
    agentStanding(agent, {
      ...status,
      perAgent: { 'Agent-1': { depth: 1, paused: false, waitingFor: { code, message: '…' } } },
    })
  expect(standing('window-missing')).toMatchObject({ words: 'window not found', needsYou: true })
  expect(standing('user-active')).toMatchObject({ words: 'you are using the desktop', needsYou: false })
  for (const code of ['agent-asks', 'agent-ended', 'unreadable', 'earlier-paste'] as const)
    expect(standing(code)).toMatchObject({ tone: 'bad', needsYou: true })
  for (const code of ['agent-busy', 'agent-starting', 'keys-unsafe'] as const)
    expect(standing(code)).toMatchObject({ tone: 'wait', needsYou: false })
  const { at: _, ...nowhere } = agent
  expect(agentStanding(nowhere, status)).toMatchObject({ words: 'no target set', needsYou: true })
  expect(agentStanding(agent, status)).toMatchObject({ words: 'ready', needsYou: false })
})

test('the header names the delivery first, then the pause, then who else has the desktop', () => {
  const delivering = { id: '', to: 'Agent-3', from: 'you', step: 'turn', since: '' } as const
  const holder = { since: '', reason: 'a script' }
  expect(stateOf({ ...status, paused: true, delivering, holder }).words).toBe('Delivering to Agent-3')
  expect(stateOf({ ...status, paused: true, holder }).words).toBe('Paused')
  expect(stateOf({ ...status, depth: 2, holder }).words).toBe('Another program has the desktop')
  expect(stateOf({ ...status, depth: 10_342 }).words).toBe('10,342 messages wait')
  expect(stateOf(status).words).toBe('Nothing waits')
})

test('a span has one number and one unit', () => {
  expect([0, 63.4, 1000, 99_000, 100_000, 7_200_000].map(span)).toEqual([
    '0 ms',
    '63 ms',
    '1 s',
    '99 s',
    '1 min',
    '2 h',
  ])
  expect(wholeSpan(-5000)).toBe('0 s')
  expect(wholeSpan(3 * 86_400_000)).toBe('3 d')
})

test('a row shows the first line that says something', () => {
  expect(firstLine('\n\n  The question:\nWhich one?')).toBe('The question:')
})

test('an agent in a terminal needs no point on the desktop', () => {
  const { at: _, ...nowhere } = agent
  const inTmux: Agent = { ...nowhere, way: 'tmux', tmux: '%3', program: 'claude' }
  const seen = { name: 'Agent-1', failure: { code: 'not-calibrated', message: '…' } } as const
  expect(agentStanding(inTmux, status, seen)).toMatchObject({ words: 'ready', needsYou: false })
  expect(targetWords(inTmux)).toBe('Claude Code in tmux %3')
})

test('an agent in a terminal is shown as it stands, also while nothing waits for it', () => {
  const inTmux: Agent = { ...agent, way: 'tmux', tmux: '%3', program: 'claude' }
  const asks = agentStanding(inTmux, status, undefined, 'agent-asks')
  expect(asks).toEqual({ words: 'the agent asks something', tone: 'bad', needsYou: true })
  expect(agentStanding(inTmux, status, undefined, 'agent-busy')).toMatchObject({
    tone: 'wait',
    needsYou: false,
  })
  expect(agentStanding(inTmux, status, undefined, 'ready').words).toBe('ready')
})

test('both ways of an agent are named', () => {
  const command = ['codex', 'queue', '{text}']
  const both: Agent = { ...agent, way: 'terminal', program: 'my-agent', second: 'command', command }
  expect(targetWords(both)).toBe('my-agent in its terminal, else by its command: codex queue {text}')
})

test('no line of a list is turned around by what somebody wrote', () => {
  expect(firstLine('open \u202etxt.exe')).toBe('open [U+202E]txt.exe')
  expect(texts.queue.from('evil\u2066name')).toBe('from evil[U+2066]name')
})
