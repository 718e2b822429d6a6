import { execFile } from 'node:child_process'
import type { Reader } from '../../looking/standing'
import { isAlive, readerOf, startOf, terminalBelow, type TerminalBelow } from '../terminal/reader'

/** What runs in the terminal that a window shows, as the system tells. */
export interface TerminalPrograms {
  /** As `terminalBelow`. */
  below(pid: number): TerminalBelow | 'none' | 'several'
  /** As `readerOf`. */
  readerOf(member: number): Reader | undefined
  modesOf(device: string): Promise<Modes>
  isAlive(readerId: string): boolean
  startOf(readerId: string): number | undefined
}

/** How a terminal is set. */
export interface Modes {
  /** Whether the program in it reads key by key: what reads line by line has no prompt. */
  readonly readsKeys: boolean
  /** How wide it is; 0 where that is not known. */
  readonly columns: number
}

export const systemPrograms: TerminalPrograms = {
  below: terminalBelow,
  readerOf,
  modesOf,
  isAlive,
  startOf,
}

const STTY_LIMIT_MS = 2000

function modesOf(device: string): Promise<Modes> {
  const options = { timeout: STTY_LIMIT_MS, env: { ...process.env, LC_ALL: 'C' } }
  return new Promise((resolve) => {
    execFile('stty', ['-F', device, '-a'], options, (error, stdout) =>
      resolve({
        readsKeys: !error && /(?:^|\s)-icanon\b/.test(stdout),
        columns: Number(/columns (\d+)/.exec(stdout)?.[1] ?? 0),
      }),
    )
  })
}
