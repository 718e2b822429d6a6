import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { serverForThisFile } from '../process/server-for-this-file'
import { ended, send, tmuxPlace, until, waitsFor, wrapPlace } from '../process/terminals'
import { realAgents, type RealAgent } from './agents'
import { arrives, askedFor, openStage, tellOf, type Stage } from './stage'

// One agent's prompt has several styles: only the one that was learnt for messages is typed into.

const server = serverForThisFile()
let staged: Stage | undefined
afterEach(async ({ task }) => {
  if (staged && task.result?.state === 'fail') await tellOf(staged)
  staged = undefined
})

const claude = realAgents.filter(({ name }) => name === 'Claude Code')

/** The same with the keys of vi in its prompt. */
const likeVi = ({ prepare, ...real }: RealAgent): RealAgent => ({
  ...real,
  prepare(home, project, url) {
    const prepared = prepare(home, project, url)
    const path = join(home, '.claude.json')
    const config = JSON.parse(readFileSync(path, 'utf8')) as object
    writeFileSync(path, JSON.stringify({ ...config, editorMode: 'vim' }))
    return prepared
  },
})

/** The same for a person who writes several lines: Enter makes a new one, and another key sends. */
const withNewLines = ({ prepare, ...real }: RealAgent): RealAgent => ({
  ...real,
  prepare(home, project, url) {
    const prepared = prepare(home, project, url)
    const bindings = [{ context: 'Chat', bindings: { enter: 'chat:newline', 'ctrl+g': 'chat:submit' } }]
    const folder = join(home, '.claude')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'keybindings.json'), JSON.stringify({ bindings }))
    return prepared
  },
})

describe.each([wrapPlace, tmuxPlace])('$way', (place) => {
  test.each(claude)(
    '$name gets nothing in its shell mode, and the message once that is left',
    async (real) => {
      const on = (staged = await openStage(server, place, real))
      await arrives(on, 'hello')
      await on.agent.type('!')
      await until(async () => /^! /m.test((await on.agent.screen()).replaceAll('\u00a0', ' ')))
      const id = await send(server, on.agent.name, `touch ${on.ran}`)
      // The “❯” of the prompt before it is taken for the beginning of a draft.
      await waitsFor(server, id, 'draft-present')
      await on.agent.type('\u007f')
      expect(await ended(server, id)).toMatchObject({ state: 'delivered' })
      await until(() => askedFor(on, `touch ${on.ran}`) === 1)
    },
  )

  test.each(claude)(
    '$name gets nothing in its plan mode, and the message once that is left',
    async (real) => {
      const on = (staged = await openStage(server, place, real))
      await arrives(on, 'hello')
      const isPlanning = async () => (await on.agent.screen()).includes('plan mode on')
      const turnTo = async (wanted: boolean) => {
        // Its modes come one after the other.
        for (let turn = 0; turn < 4 && (await isPlanning()) !== wanted; turn += 1) {
          const before = await on.agent.screen()
          await on.agent.type('\u001b[Z')
          await until(async () => (await on.agent.screen()) !== before)
        }
        await until(async () => (await isPlanning()) === wanted)
      }
      await turnTo(true)
      const id = await send(server, on.agent.name, 'Please go on')
      await waitsFor(server, id, 'agent-busy')
      expect([askedFor(on, 'Please go on'), (await on.agent.screen()).includes('Please go on')]).toEqual([
        0,
        false,
      ])
      await turnTo(false)
      expect(await ended(server, id)).toMatchObject({ state: 'delivered' })
      await until(() => askedFor(on, 'Please go on') === 1)
    },
  )

  test.each(claude.map(likeVi))('$name gets its messages whole with the keys of vi, too', async (real) => {
    const on = (staged = await openStage(server, place, real))
    await arrives(on, 'ddi is no command')
    await until(async () => /INSERT/.test(await on.agent.screen()))
    await on.agent.type('\u001b')
    await until(async () => !/INSERT/.test(await on.agent.screen()))
    await arrives(on, 'xddi is none here')
  })

  test.each(claude.map(withNewLines))(
    '$name, whose Enter makes new lines, gets no more of them, and its person can send by their own key',
    async (real) => {
      const on = (staged = await openStage(server, place, real))
      const id = await send(server, on.agent.name, 'sent by another key')
      expect(await ended(server, id)).toMatchObject({ state: 'in-doubt', failure: { code: 'not-accepted' } })
      expect(askedFor(on, 'sent by another key')).toBe(0)
      await on.agent.type('\u0007')
      await until(() => askedFor(on, 'sent by another key') === 1)
    },
  )
})
