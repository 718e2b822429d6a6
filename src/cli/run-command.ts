import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import { CliError, exitCodes } from './exit-codes'

/**
 * Runs a command on this terminal until it ends and says with which code: its own, or 128 and the number of the signal
 * that ended it. Rejects with `CliError` noSuchCommand or cannotRun, as a shell answers.
 */
export async function runCommand(command: string, args: readonly string[]): Promise<number> {
  const child = spawn(command, args, { stdio: 'inherit', env: ownEnvironment() })
  const stopForwarding = forwardSignals(child)
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', (error) => reject(cannotRun(command, error)))
      child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
    })
  } finally {
    stopForwarding()
  }
}

/** In a package this is the app's Electron run as Node; the command's own Electron is not to be one, too. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = process.env
  return process.versions['electron'] === undefined ? process.env : rest
}

/** This process outlives the command, whatever it is sent, so that the desktop is held until the command has ended. */
function forwardSignals(child: ChildProcess): () => void {
  const forwards = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => {
    const before = process.listeners(signal)
    process.removeAllListeners(signal)
    const forward = () => {
      // A terminal sends Ctrl+C to the command as well; twice would often mean "at once".
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    }
    process.on(signal, forward)
    return () => {
      process.off(signal, forward)
      for (const listener of before) process.on(signal, listener)
    }
  })
  return () => forwards.forEach((stop) => stop())
}

function cannotRun(command: string, error: Error): CliError {
  const isMissing = 'code' in error && error.code === 'ENOENT'
  if (isMissing) return new CliError(exitCodes.noSuchCommand, `There is no command "${command}".`)
  return new CliError(exitCodes.cannotRun, `"${command}" cannot be run: ${error.message}`)
}
