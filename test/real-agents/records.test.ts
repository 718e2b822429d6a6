import { join } from 'node:path'
import { expect, test } from 'vitest'
import { wanted } from '../../src/main/looking/same-text'
import { readerOf } from '../../src/main/ways/terminal/reader'
import { sessionRecords } from '../../src/main/ways/terminal/records/session-records'
import { serverForThisFile } from '../process/server-for-this-file'
import { ask, ended, send, tmux, tmuxPlace, until, wrapPlace } from '../process/terminals'
import { realAgents } from './agents'
import { WANTS_TOOL } from './model-server'
import { arrives, askedFor, openStage } from './stage'

// What the real agents write down themselves, in the versions of scripts/real-agents.mjs.

const server = serverForThisFile()

test.each(realAgents)(
  '$name writes down what it was asked, and where it tells, that it asks',
  async (real) => {
    const on = await openStage(server, tmuxPlace, real)
    await arrives(on, 'first')
    const pane = await tmux('display-message', '-p', '-t', on.agent.pane ?? '', '#{pane_pid}')
    const reader = readerOf(Number(pane))
    if (!reader) throw new Error('nobody reads the pane')
    const between = Date.now()
    const text = 'Second line\n\twith a tab, é and 漢字 🎉'
    await arrives(on, text)
    const has = (what: string) => sessionRecords.has(reader, wanted(what), between)
    await until(() => has(text) || undefined)
    expect([has('first'), has('Second line'), sessionRecords.asks(reader)]).toEqual([false, false, false])
    await arrives(on, `Now ${WANTS_TOOL}`)
    await until(async () => /proceed|would you like|allow/i.test(await on.agent.screen()))
    if (real.name === 'Claude Code') await until(() => sessionRecords.asks(reader) || undefined)
    else expect(sessionRecords.asks(reader)).toBe(false)
  },
)

const codex = realAgents.filter(({ name }) => name === 'Codex')
const places = [wrapPlace, tmuxPlace]

test.each(codex.flatMap((real) => places.map((place) => ({ ...real, place, way: place.way }))))(
  'the thread of a $name that runs by $way is found when its command is set, and its messages arrive',
  async ({ place, ...real }) => {
    const on = await openStage(server, place, real)
    const { name } = on.agent
    const { command } = real.prepare(on.home, join(on.home, '..', 'project'), on.model.url)
    const words = [
      'env',
      `HOME=${on.home}`,
      ...command,
      'queue',
      '--thread',
      '{thread}',
      '--message',
      '{text}',
    ]
    const set = () => ask(server, 'agent.set', { name, command: words, second: place.way })
    await until(() => ask(server, 'agent.set', { name }).catch(() => undefined))
    await expect(set()).rejects.toThrow(`the thread of ${name} is not known`)
    await arrives(on, 'the first, by its terminal')
    await until(() => set().catch(() => undefined))
    const text = 'by its own command'
    const sent = await ended(server, await send(server, name, text))
    expect(sent).toMatchObject({ state: 'delivered', proof: 'accepted' })
    await until(() => askedFor(on, text) === 1 || undefined)
  },
)
