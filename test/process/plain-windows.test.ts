import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { xclipHolds, xclipReads } from '../harness/xclip'
import { openPlain } from '../plain-terminals/plain-terminals'

// The worst that could happen in plain windows of terminals, in one that shows its text by the tree and one that is marked;
// more of them, and more cases: `npm run terminals`.

test.each([
  ['lxterminal', []],
  ['xterm', ['no hint']],
])(
  'in a window of %s a message arrives once, a question is not answered, a draft is kept and no shell gets anything',
  async (terminal, hints) => {
    const traits = [...hints, 'clock', 'takes digits']
    const agent = await openPlain(terminal, { traits, inShell: true })
    const holder = xclipHolds('clipboard', 'the person’s own')
    onTestFinished(() => void holder.kill())
    await agent.becomes(await agent.send('häßlich 日本語, and on'), 'delivered')
    await agent.tell('question')
    if (terminal === 'lxterminal') await expect.poll(() => agent.stands()).toBe('agent-asks')
    const answer = await agent.send('1')
    await agent.becomes(answer, 'agent-asks')
    await agent.tell('no question')
    await agent.becomes(answer, 'delivered')
    agent.types('my own words ')
    const message = await agent.send('the message')
    await agent.becomes(message, 'draft-present')
    agent.types('Return')
    await agent.becomes(message, 'delivered')
    await agent.tell('exit')
    await agent.becomes(await agent.send('touch RAN'), 'agent-ended')
    expect(agent.answers()).toEqual([])
    expect(agent.prompts()).toEqual(['häßlich 日本語, and on', '1', 'my own words ', 'the message'])
    expect(existsSync(join(agent.folder, 'RAN'))).toBe(false)
    expect(String(await xclipReads('clipboard'))).toBe('the person’s own')
  },
)

test('of two tabs neither gets a message', async () => {
  const agent = await openPlain('lxterminal')
  agent.types('ctrl+shift+t')
  const id = await agent.send('touch IN_THE_OTHER_TAB')
  expect(await agent.becomes(id, 'unreadable')).toContain('several terminals')
  expect(agent.prompts()).toEqual([])
})
