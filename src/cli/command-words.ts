import { isAbsolute, resolve } from 'node:path'
import { parse } from 'shell-quote'
import { CliError, exitCodes } from './exit-codes'

/**
 * A command as a program and its arguments, split as a shell would: quotes and backslashes only. A path to the program is
 * taken from here on. Throws `CliError` usage for what only a shell could do.
 */
export function commandWords(command: string): string[] {
  // A variable is an object, so that it shows: nobody would replace it.
  const [program = '', ...args] = parse(command, (name) => ({ op: `$${name}` })).map((part) => {
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
