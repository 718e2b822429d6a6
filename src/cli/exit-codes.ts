import { NotRunning, Refusal } from '../client/errors'
import { errorCodes } from '../contract/errors'

/** What the process tells the script that called it. */
export const exitCodes = {
  done: 0,
  /** The message ended in another state than delivered, or a fault of Waggle's own. */
  notDelivered: 1,
  usage: 2,
  notRunning: 69,
  tryLater: 75,
  /** What a shell says of a command that it cannot run, and of one that is not there. */
  cannotRun: 126,
  noSuchCommand: 127,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** A complaint for stderr with its exit code; the sentence says what to do. */
export class CliError extends Error {
  constructor(
    readonly exitCode: ExitCode,
    message: string,
  ) {
    super(message)
    this.name = 'CliError'
  }
}

/** Which exit code an operation's error number stands for. */
function exitCodeOf(code: number): ExitCode {
  switch (code) {
    case errorCodes.queueFull:
    case errorCodes.timedOut:
    case errorCodes.desktopUnavailable:
    case errorCodes.refused:
    case errorCodes.storage:
      return exitCodes.tryLater
    case errorCodes.shuttingDown:
      return exitCodes.notRunning
    case errorCodes.internal:
      return exitCodes.notDelivered
    default:
      return exitCodes.usage
  }
}

/** Which exit code an error stands for. */
export function exitCodeFor(error: unknown): ExitCode {
  if (error instanceof CliError) return error.exitCode
  if (error instanceof NotRunning) return exitCodes.notRunning
  return error instanceof Refusal ? exitCodeOf(error.code) : exitCodes.notDelivered
}
