import { readFileSync } from 'node:fs'
import { CliError, exitCodes } from './exit-codes'

/**
 * Node puts U+FFFD in place of what is no UTF-8, and a message would say something else than was typed. Throws `CliError`
 * usage for such arguments.
 */
export function requireUtf8(args: readonly string[]): void {
  if (!args.some((arg) => arg.includes('\uFFFD')) || isUtf8(commandLine())) return
  throw new CliError(
    exitCodes.usage,
    'An argument is not UTF-8 text. Set the terminal to UTF-8, or pass the text on stdin: --message -',
  )
}

/** The bytes as they were given; undefined where the system does not tell, and U+FFFD counts as broken then. */
function commandLine(): Uint8Array | undefined {
  try {
    return readFileSync('/proc/self/cmdline')
  } catch {
    return undefined
  }
}

function isUtf8(bytes: Uint8Array | undefined): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return bytes !== undefined
  } catch {
    return false
  }
}
