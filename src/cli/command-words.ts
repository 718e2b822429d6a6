import { posix, win32 } from 'node:path'
import { parse } from 'shell-quote'
import { CliError, exitCodes } from './exit-codes'

/** A variable is an object, so that it shows: nobody would replace it. */
const asOperator = (name: string) => ({ op: `$${name}` })

/**
 * A command as a program and its arguments, split as a shell would: quotes and backslashes only; on Windows, whose paths
 * have backslashes, `^` in their place. A path to the program is taken from here on. Throws `CliError` usage for what only
 * a shell could do.
 */
export function commandWords(command: string, platform: NodeJS.Platform = process.platform): string[] {
  const isWindows = platform === 'win32'
  const { isAbsolute, resolve } = isWindows ? win32 : posix
  const parts = parse(command, asOperator, { escape: isWindows ? '^' : '\\' })
  const [program = '', ...args] = parts.map((part) => {
    if (typeof part === 'string') return part
    // What a pattern of file names is to a shell, is a word here.
    if ('pattern' in part) return part.pattern
    throw new CliError(
      exitCodes.usage,
      `--command runs without a shell, so ${'op' in part ? part.op : '#'} has no meaning in it. Put it in quotes, or in a script of yours.`,
    )
  })
  return [/[\\/]/.test(program) && !isAbsolute(program) ? resolve(program) : program, ...args]
}
