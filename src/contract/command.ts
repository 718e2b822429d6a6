import { z } from 'zod'

/** Where a message's text stands in a command; without it the text comes on the command's stdin. */
export const TEXT_PLACE = '{text}'
/** Stands, while an agent is set, for the thread of the Codex that runs in its terminal. */
export const THREAD_PLACE = '{thread}'

/** Programs that make a line of their arguments, or of what they read, and run it. */
const SHELLS = new Set(
  'sh bash dash zsh fish ksh mksh ash tcsh csh nu pwsh powershell cmd elvish xonsh ssh'.split(' '),
)

/**
 * How a message is handed to an agent that takes messages by a command: the program and its arguments, run as they are,
 * with no shell between. What would let a message's words be run as commands is refused.
 */
export const commandSchema = z
  .array(
    z
      .string()
      .max(4096)
      .regex(/^[^\0]*$/, { error: 'it has a NUL character' }),
  )
  .min(1, { error: 'expected a program and its arguments' })
  .max(200)
  .superRefine((command, context) => {
    const message = programTrouble(command) ?? shellTrouble(command)
    if (message !== undefined) context.addIssue({ code: 'custom', message })
  })
  .describe(
    'a program and its arguments, run without a shell: the text comes in place of {text}, else on its stdin; {thread} becomes the thread of the Codex in its terminal when it is set; exit code 0 = accepted',
  )

function programTrouble([program = '']: readonly string[]): string | undefined {
  if (program === '') return 'it begins with no program'
  if (program.includes(TEXT_PLACE)) return 'the text cannot be the program'
  const isWhole = /^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(program)
  // A path from here on would be another program in every working directory.
  if (/[\\/]/.test(program) && !isWhole) return `${program} is no whole path; give it from the root on`
  return undefined
}

function shellTrouble([program = '', ...args]: readonly string[]): string | undefined {
  const name = (program.split(/[\\/]/).at(-1) ?? '').replace(/\.exe$/i, '').toLowerCase()
  if (!SHELLS.has(name)) return undefined
  if (args.some((arg) => arg.includes(TEXT_PLACE)))
    return `${name} would run the text as a command; leave ${TEXT_PLACE} out and let a script read it from stdin`
  const words = args.filter((arg) => !arg.startsWith('-'))
  if (words.length < (name === 'ssh' ? 2 : 1) || args.includes('-s'))
    return `${name} would run the text that it reads; name a script that reads it instead`
  return undefined
}
