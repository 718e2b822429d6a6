import { execFile } from 'node:child_process'
import type { Reader } from '../../looking/standing'
import { isAlive, readerOf, startOf, terminalBelow, type TerminalBelow } from '../terminal/reader'

/** What runs in the terminal that a window shows, as the system tells. */
export interface TerminalPrograms {
  /** As `terminalBelow`. */
  below(pid: number): TerminalBelow | 'none' | 'several'
  /** As `readerOf`. */
  readerOf(member: number): Reader | undefined
  /** Whether the program in that terminal reads key by key: what reads line by line has no prompt. */
  readsKeys(device: string): Promise<boolean>
  isAlive(readerId: string): boolean
  startOf(readerId: string): number | undefined
}

export const systemPrograms: TerminalPrograms = {
  below: terminalBelow,
  readerOf,
  readsKeys,
  isAlive,
  startOf,
}

const STTY_LIMIT_MS = 2000

function readsKeys(device: string): Promise<boolean> {
  const options = { timeout: STTY_LIMIT_MS, env: { ...process.env, LC_ALL: 'C' } }
  return new Promise((resolve) => {
    execFile('stty', ['-F', device, '-a'], options, (error, stdout) =>
      resolve(!error && /(?:^|\s)-icanon\b/.test(stdout)),
    )
  })
}
