import { spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { stopProcess, tied } from '../../../scripts/lib/services.mjs'

export interface OwnProgram {
  readonly stdin: Writable
  readonly stdout: Readable
  stop(): Promise<void>
}

/** Starts a program that ends with us, with what it started itself. */
export function startProgram(command: string, args: readonly string[], env: NodeJS.ProcessEnv): OwnProgram {
  const program = spawn(...tied(command, args), {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  })
  // It has ended, or was never there: whoever waits for its window says so.
  program.on('error', () => undefined)
  program.stdin.on('error', () => undefined)
  return {
    stdin: program.stdin,
    stdout: program.stdout,
    stop: async () => {
      await stopProcess(program)
      if (program.pid === undefined) return
      try {
        process.kill(-program.pid, 'SIGKILL')
      } catch {
        // All of its helpers have gone with it.
      }
    },
  }
}
