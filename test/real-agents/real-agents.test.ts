import { appendFileSync, existsSync } from 'node:fs'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { serverForThisFile } from '../process/server-for-this-file'
import { ended, send, show, tmuxPlace, until, waitsFor, wrapPlace, type Place } from '../process/terminals'
import { realAgents, type RealAgent } from './agents'
import { WANTS_TOOL } from './model-server'
import { arrives, askedFor, bare, openStage, tellOf, type Stage } from './stage'

// Not in the gate: the real agents' own programs, each against a model server of ours. The truth is what that was asked.

const server = serverForThisFile()
let staged: Stage | undefined
afterEach(async ({ task }) => {
  if (staged && task.result?.state === 'fail') await tellOf(staged)
  staged = undefined
})

async function stage(place: Place, real: RealAgent, after?: string): Promise<Stage> {
  staged = await openStage(server, place, real, after)
  return staged
}

const texts: readonly (readonly [string, string])[] = [
  ['a short line', 'Please run the tests'],
  ['one character', 'x'],
  ['five lines with tabs', 'First line\n\tsecond\n\n  fourth\nlast line'],
  ['emoji, CJK and right to left', 'Emoji 🎉 👩‍👩‍👧 and 漢字 and שלום, then plain words'],
  ['an at sign and a path', 'Look at @nobody and /etc/hosts please'],
  ['a line of 5,000 characters', 'long '.repeat(1000).trim()],
  [
    '62,000 characters in 1,200 lines',
    Array.from({ length: 1200 }, (_, line) => `Line ${line} of a text that is long enough, truly.`).join(
      '\n',
    ),
  ],
  ['a line that ends in a backslash', 'this ends so \\'],
]

const rows = '.cache/real-agents/rows.txt'
const row = (real: RealAgent, place: Place, what: string) => {
  onTestFinished(({ task }) =>
    appendFileSync(
      rows,
      `${real.name}|${place.way}|${what}|${task.result?.state === 'pass' ? 'yes' : 'NO'}\n`,
    ),
  )
}

describe.each(realAgents)('$name', (real) => {
  describe.each([wrapPlace, tmuxPlace])('by $way', (place) => {
    test('gets each text as one prompt, whole', async () => {
      row(real, place, 'texts, each one prompt and whole')
      const on = await stage(place, real)
      for (const [, text] of texts) await arrives(on, text)
    })

    test('gets three messages that are sent while it starts, each apart', async () => {
      row(real, place, 'three messages while it starts')
      const on = await stage(place, real)
      const sent = ['the first', 'the second', 'the third']
      const ids = []
      for (const text of sent) ids.push(await send(server, on.agent.name, text))
      for (const id of ids) expect(await ended(server, id)).toMatchObject({ state: 'delivered' })
      await until(() => sent.every((text) => askedFor(on, text) === 1))
      expect(on.model.prompts().map(bare)).toEqual(sent.map(bare))
    })

    test.each(['1', 'Please go on'])('is not answered for its person when it asks (%s)', async (text) => {
      row(real, place, `question open, "${text}"`)
      const on = await stage(place, real)
      await arrives(on, `Now ${WANTS_TOOL}`)
      await until(async () => /proceed|would you like|allow/i.test(await on.agent.screen()))
      const id = await send(server, on.agent.name, text)
      await until(async () => (await show(server, id)).failure?.code.startsWith('agent-'))
      expect(existsSync(on.ran)).toBe(false)
      await on.agent.type('\u001b')
      expect(await ended(server, id)).toMatchObject({ state: 'delivered' })
      await until(() => askedFor(on, text) === 1)
      expect(existsSync(on.ran)).toBe(false)
    })

    test('keeps a draft, and the message follows it', async () => {
      row(real, place, 'draft')
      const on = await stage(place, real)
      await arrives(on, 'hello')
      await on.agent.type('half a thought')
      const id = await send(server, on.agent.name, 'the message')
      await waitsFor(server, id, 'draft-present')
      await until(async () => {
        await on.agent.type('\r')
        return (await show(server, id)).failure?.code !== 'draft-present'
      })
      expect(await ended(server, id)).toMatchObject({ state: 'delivered' })
      // Its person's Enter is pressed until it is taken, which may be twice.
      await until(() => askedFor(on, 'the message') === 1 && askedFor(on, 'half a thought') > 0)
    })

    test('ended, the shell in its place gets nothing', async () => {
      row(real, place, 'ended, a shell in its place')
      const on = await stage(place, real, 'exec bash --norc --noprofile')
      await arrives(on, 'hello')
      let id: string | undefined
      await until(async () => {
        for (const _ of ['once', 'and again at once']) await on.agent.type('\u0003')
        id ??= await send(server, on.agent.name, `touch ${on.ran}`)
        const { state, failure } = await show(server, id)
        // It lived on for so long.
        if (state !== 'queued' && state !== 'delivering') id = undefined
        return failure?.code === 'agent-ended'
      })
      expect(existsSync(on.ran)).toBe(false)
    })
  })
})
