import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock, type Clock } from '../../../src/main/clock'
import { createCommandWay } from '../../../src/main/ways/command/command-way'
import type { Delivery, OtherWay } from '../../../src/main/ways/way'
import { agent } from '../../queue/courier-desk'

interface Given {
  readonly text?: string
  readonly submit?: boolean
  readonly limitMs?: number
  readonly clock?: Clock
  readonly signal?: AbortSignal
  readonly env?: NodeJS.ProcessEnv
  beforeSubmit?(): void
}

/** An agent with a command, and its person's home. */
export interface Commands {
  readonly folder: string
  at(name: string): string
  /** A program of the agent's in JavaScript. */
  program(script: string): string[]
  /** The same, only written. */
  script(name: string, text: string): string
  /** A program of any kind that says itself what runs it. */
  executable(text: string): string
  way(given?: Given): OtherWay
  deliver(command: readonly string[], given?: Given): Promise<Delivery>
  end(): void
}

/** A text that shells, and what quotes for them, would make something else of. */
export const awkward = 'two\nlines, $HOME `id` "quoted" \'so\' $& {text} \\ 漢字🎉 ; touch RAN'

/** What such programs need: files, other programs, and to wait for a file. */
const NEEDS = `const { existsSync, readFileSync, writeFileSync } = require('node:fs')
const { spawn } = require('node:child_process')
const until = (path) => { while (!existsSync(path)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20) }
`

export function commands(): Commands {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'waggle-command-')))
  const at = (name: string) => join(folder, name)
  const way = ({ limitMs = 30_000, clock = systemClock, env = process.env }: Given = {}) =>
    createCommandWay({ clock, env, umask: 0o022, folder, limitMs })
  const write = (name: string, text: string, mode = 0o644) => {
    writeFileSync(at(name), text, { mode })
    return at(name)
  }
  const script = (name: string, text: string) => write(name, NEEDS + text)
  return {
    folder,
    at,
    program: (text) => [process.execPath, script('agent.cjs', text)],
    script,
    executable: (text) => write('agent', text, 0o755),
    way,
    async deliver(command, { text = 'hello', submit = true, ...given } = {}) {
      const message = {
        id: '1',
        to: 'A',
        from: 'a',
        text,
        priority: 'normal',
        submit,
        state: 'delivering',
      } as const
      return way(given).deliver({
        message: { ...message, attempts: 1, createdAt: '', proof: null },
        agent: agent('A', { way: 'command', command: [...command] }),
        signal: given.signal ?? new AbortController().signal,
        onStep: () => undefined,
        beforeSubmit: () => given.beforeSubmit?.(),
      })
    },
    // On Windows a folder may be held for a moment by what has just ended in it.
    end: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }),
  }
}
