import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { homeForThisTest } from '../harness/desk'
import { openPipeClient, type PipeClient } from '../harness/pipe-client'
import { Killer, type Target } from './killer'

// The same for agents that need neither desktop nor terminal: what the agent's own command has written down, or what whoever
// takes its messages has in hands, is the truth.

const name = 'Agent-1'
const nothing = (): Promise<void> => Promise.resolve()

function withCommand(home: string): Omit<Target, 'name'> {
  const log = join(home, '..', 'taken')
  const write = `let text = ''; process.stdin.on('data', (part) => (text += part)).on('end', () => require('node:fs').appendFileSync(${JSON.stringify(log)}, text + '\\n'))`
  return {
    arrived: () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(0, -1) : []),
    clear: nothing,
    check: nothing,
    async introduce(pipe) {
      await pipe.call('agent.set', { name, way: 'command', command: [process.execPath, '-e', write] })
    },
  }
}

function withInbox(home: string): Omit<Target, 'name'> {
  const taken: string[] = []
  const takeAll = async (pipe: PipeClient): Promise<void> => {
    for (;;) {
      const { messages } = await pipe.call('message.take', { agent: name, waitMs: 60_000 })
      taken.push(...messages.map(({ text }) => text))
    }
  }
  return {
    arrived: () => taken,
    clear: nothing,
    check: nothing,
    async introduce(pipe) {
      await pipe.call('agent.set', { name, way: 'inbox' })
      // By a connection that is read to its end: the other is closed together with the app.
      const own = await openPipeClient({ path: join(home, 'waggle.sock') })
      takeAll(own).catch(() => undefined)
    },
  }
}

test.each([
  ['command', withCommand],
  ['inbox', withInbox],
] as const)(
  'killed at each kind of step of a delivery by the way “%s”: nothing is lost, handed over twice or said falsely',
  async (_way, target) => {
    const home = homeForThisTest()
    const killer = new Killer(home, { name, ...target(home) })
    const points = (await killer.points()).filter((point) => !point.startsWith('start:'))
    expect(points.length).toBeGreaterThan(5)
    await killer.killAtEach(points)
    expect(await killer.faults()).toEqual([])
  },
  600_000,
)
