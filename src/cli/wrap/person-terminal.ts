import { spawnSync } from 'node:child_process'
import type { ReadStream } from 'node:tty'

/** The terminal that `waggle wrap` was started in, where it was started in one. */
export interface PersonTerminal {
  /** How it was set, as `stty` takes it. */
  readonly modes: string
  /** Hands every byte on untouched, in both directions, until {@link release}. */
  seize(): void
  release(): void
}

/**
 * Undefined unless input and output are a terminal. Node's own raw mode still turns a line feed into two characters on
 * their way out, so the modes are set by `stty`.
 */
export function personTerminal(
  stdin: NodeJS.ReadStream,
  stdout: NodeJS.WriteStream,
): PersonTerminal | undefined {
  // Both are declared as terminals, and are only when they say so.
  if (!(stdin as Partial<ReadStream>).isTTY || !(stdout as Partial<NodeJS.WriteStream>).isTTY)
    return undefined
  const modes = stty('-g').trim()
  if (modes === '') return undefined
  return {
    modes,
    seize: () => void stty('raw', '-echo', '-iexten'),
    release: () => void stty(modes),
  }
}

function stty(...args: string[]): string {
  return spawnSync('stty', args, { stdio: ['inherit', 'pipe', 'ignore'], encoding: 'utf8' }).stdout
}
