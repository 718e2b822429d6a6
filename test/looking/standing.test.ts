import { expect, test } from 'vitest'
import { learnMark } from '../../src/main/looking/prompt'
import { standingOf, troubleOf, type Learnt, type Reader } from '../../src/main/looking/standing'
import { prompts, screenOf } from './screens'

const agent: Reader = { id: '7@1', name: 'claude', isStopped: false, kind: 'program' }

async function known(): Promise<Learnt> {
  const mark = learnMark(await screenOf(prompts.claude.empty))
  if (!mark) throw new Error('no mark was learnt')
  return { mark, readerId: agent.id }
}

const { empty, holding, question } = prompts.claude
test.each([
  ['ready', empty, agent, 'ready', undefined],
  ['draft', holding('half a thought'), agent, 'draft', 'draft-present'],
  ['asking', question, agent, 'asking', 'agent-asks'],
  ['busy', ['a view without a prompt', 'q▮'], agent, 'busy', 'agent-busy'],
  ['stopped', empty, { ...agent, isStopped: true }, 'stopped', 'agent-busy'],
  ['another run of the program', empty, { ...agent, id: '8@2' }, 'another program', 'agent-ended'],
  ['a shell', empty, { ...agent, name: 'bash', kind: 'other' }, 'another program', 'agent-ended'],
  ['ssh', empty, { ...agent, name: 'ssh', kind: 'relay' }, 'unreadable', 'unreadable'],
  ['nobody', empty, undefined, 'ended', 'agent-ended'],
] as const)(
  '%s: the state, and the reason for which its messages wait',
  async (_what, lines, reader, state, code) => {
    const standing = standingOf(await screenOf(lines), reader, await known())
    expect(standing.state).toBe(state)
    expect(troubleOf(standing, 'Agent-1')?.code).toBe(code)
  },
)

test('before its prompt was learnt nothing is ready, whatever it looks like', async () => {
  expect(standingOf(await screenOf(empty), agent, undefined)).toEqual({ state: 'starting' })
  expect(standingOf(await screenOf(question), agent, undefined)).toEqual({ state: 'asking' })
})

test('a prompt without bracketed paste is not ready: several lines would be several messages', async () => {
  const screen = await screenOf(empty, { bracketedPaste: false })
  expect(standingOf(screen, agent, await known()).state).not.toBe('ready')
})
