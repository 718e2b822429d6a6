import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { xclipHolds, xclipReads } from '../harness/xclip'
import { openPlain } from './plain-terminals'

// By `npm run terminals`: it needs the terminals of Debian that it names.

/** The last four show no tree: their text is marked, and words in a prompt are nobody's but its person's. */
const plain = ['no hint']
describe.each([
  ['xfce4-terminal', []],
  ['lxterminal', []],
  ['gnome-terminal', []],
  ['konsole', []],
  ['xterm', plain],
  ['st', plain],
  ['alacritty', plain],
  ['kitty', plain],
])('in a window of %s', (terminal, hints) => {
  const open = (options: Parameters<typeof openPlain>[1] = {}) =>
    openPlain(terminal, { ...options, traits: [...hints, ...(options.traits ?? [])] })

  test('messages arrive whole, one prompt each, and what the person had copied and marked is there again', async () => {
    const agent = await open()
    for (const selection of ['clipboard', 'primary'] as const) {
      const holder = xclipHolds(selection, `the person’s own ${selection}`)
      onTestFinished(() => void holder.kill())
    }
    const texts = [
      'Please go on',
      '1',
      `a long line ${'and on '.repeat(90)}to its end`,
      'häßlich 日本語 ends \\',
    ]
    const ids = []
    for (const text of texts) ids.push(await agent.send(text))
    for (const id of ids) await agent.becomes(id, 'delivered')
    expect(agent.prompts().map((text) => text.trimEnd())).toEqual(texts)
    for (const selection of ['clipboard', 'primary'] as const)
      expect(String(await xclipReads(selection))).toBe(`the person’s own ${selection}`)
  })

  test('a question is not answered, whatever moves beside it, and the message arrives once its person has', async () => {
    const agent = await open({ traits: ['clock', 'takes digits'] })
    await agent.becomes(await agent.send('before'), 'delivered')
    await agent.tell('question')
    const id = await agent.send('1')
    await agent.becomes(id, 'agent-asks')
    await agent.tell('no question')
    await agent.becomes(id, 'delivered')
    expect(agent.answers()).toEqual([])
    expect(agent.prompts()).toEqual(['before', '1'])
  })

  test('a draft stays its person’s, and the message follows it', async () => {
    const agent = await open()
    await agent.becomes(await agent.send('before'), 'delivered')
    agent.types('my own words ')
    const id = await agent.send('the message')
    await agent.becomes(id, 'draft-present')
    agent.types('Return')
    await agent.becomes(id, 'delivered')
    expect(agent.prompts()).toEqual(['before', 'my own words ', 'the message'])
  })

  test('nothing runs in the shell that stands in the agent’s place', async () => {
    const agent = await open({ inShell: true })
    await agent.becomes(await agent.send('before'), 'delivered')
    await agent.tell('exit')
    const id = await agent.send('touch RAN')
    await agent.becomes(id, 'agent-ended')
    expect(existsSync(join(agent.folder, 'RAN'))).toBe(false)
  })

  test('an agent that starts and swallows Enter gets each message once', async () => {
    const agent = await open({ style: 'gemini', traits: ['slow'] })
    const ids = [await agent.send('one'), await agent.send('two'), await agent.send('three')]
    for (const id of ids) await agent.becomes(id, 'delivered')
    expect(agent.prompts()).toEqual(['one', 'two', 'three'])
  })

  test('several lines are held, as nobody sees whether they would be one paste', async () => {
    const agent = await open()
    await agent.becomes(await agent.send('one\ntwo'), 'text-held')
    expect(agent.prompts()).toEqual([])
  })
})

test('a window with two tabs is not typed into', async () => {
  const agent = await openPlain('xfce4-terminal')
  await agent.becomes(await agent.send('before'), 'delivered')
  agent.types('ctrl+shift+t')
  const id = await agent.send('touch IN_THE_OTHER_TAB')
  expect(await agent.becomes(id, 'unreadable')).toContain('several terminals')
  expect(agent.prompts()).toEqual(['before'])
})

test('nothing is typed into a window of urxvt, whose text cannot be read', async () => {
  const agent = await openPlain('urxvt')
  expect(await agent.becomes(await agent.send('Please go on'), 'unreadable')).toContain('waggle wrap A')
  agent.types('Return')
  expect(agent.prompts()).toEqual([])
})

test('where nothing tells words of advice from a draft, a prompt that holds some gets nothing', async () => {
  const agent = await openPlain('xterm')
  expect(await agent.becomes(await agent.send('Please go on'), 'agent-starting')).toContain('waggle wrap A')
  agent.types('Return')
  expect(agent.prompts()).toEqual([])
})

test('a test of the agent says what its prompt looks like, and types nothing', async () => {
  const agent = await openPlain('xfce4-terminal')
  const { ok, says } = await agent.desk.pipe.call('agent.test', { name: 'A' })
  expect([ok, says?.[0]]).toEqual([true, expect.stringContaining('the mark “❯”')])
  expect(agent.events()).toEqual(['started'])
})
