import { beforeEach, expect, test } from 'vitest'
import { startApp, type RunningApp } from '../harness/app'
import { calibrate, openAgentsDesk, type AgentsDesk } from '../harness/desk'

// What arrives equals what was sent, in every kind of input, however slow its window is.

let desk: AgentsDesk<RunningApp>

const kinds = [
  { name: 'Plain', kind: 'textarea' },
  { name: 'Rich', kind: 'contenteditable' },
  { name: 'Plain and slow', kind: 'textarea', stallMs: 180 },
  { name: 'Rich and slow', kind: 'contenteditable', stallMs: 180 },
] as const

beforeEach(async () => {
  desk = await openAgentsDesk(startApp, { agents: kinds, args: ['--hidden'] })
  for (const { name } of kinds) await calibrate(desk, name)
})

const paragraph = 'A line of words that a person might have written, and nothing in it is special.\n'

const texts = {
  newlines: 'one\ntwo\n\nfour',
  'a tab': 'name\tvalue',
  emoji: 'a bee 🐝, a family 👨‍👩‍👧‍👦, a flag 🇩🇪',
  CJK: '漢字とかな、한국어',
  'a no-break space': 'Oui\u00a0!',
  'several spaces': 'one  two   three',
  'right-to-left': 'שלום world مرحبا',
  'markup and shell': '<b>&amp;</b> $(rm -rf /) `x` "quotes" \\n',
  '64 KiB': paragraph.repeat(900).slice(0, 65_535) + '.',
}

test(`${Object.keys(texts).join(', ')}: each arrives as it was sent, in the order of sending`, async () => {
  const sent = []
  for (const text of Object.values(texts)) {
    const { messages } = await desk.pipe.call('message.send', { to: '*', text, from: 'test' })
    sent.push(...messages)
  }
  const ended = await Promise.all(
    sent.map(async ({ id }) => desk.pipe.call('message.wait', { id, timeoutMs: 170_000 })),
  )
  expect(ended.map(({ to, state, failure }) => `${to} ${state} ${failure?.message ?? ''}`)).toEqual(
    Object.keys(texts).flatMap(() => kinds.map(({ name }) => `${name} delivered `)),
  )
  for (const { name } of kinds) {
    const arrived = desk.agents.submissions().filter(({ agent }) => agent === name)
    expect(
      arrived.map(({ text }) => text),
      name,
    ).toEqual(Object.values(texts))
  }
}, 180_000)

test('control characters are refused, and nothing is queued', async () => {
  for (const text of ['\u001b[201~', 'a\u0000b', 'a\u0007']) {
    await expect(desk.pipe.call('message.send', { to: 'Plain', text })).rejects.toMatchObject({
      code: -32602,
    })
  }
  expect((await desk.pipe.call('queue.status', {})).depth).toBe(0)
})
