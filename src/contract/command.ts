import { z } from 'zod'

/** Where a message's text stands in a command; without it the text comes on the command's stdin. */
export const TEXT_PLACE = '{text}'
/** Stands, while an agent is set, for the thread of the Codex that runs in its terminal. */
export const THREAD_PLACE = '{thread}'

/** Programs that make a line of their arguments, or of what they read, and run it. */
const SHELLS = new Set(
  'sh bash dash zsh fish ksh mksh ash tcsh csh nu pwsh powershell cmd wsl elvish xonsh ssh'.split(' '),
)

const BY_FILE = /^[^-]|(?:^| )-f(?:ile)? [^-]/i
/** How the arguments of these name a script: with anything else they run what they read. */
const WINDOWS_FORMS: Partial<Record<string, RegExp>> = {
  cmd: /^(?:\/[^ck]\S* )*\/c \S/i,
  powershell: BY_FILE,
  pwsh: BY_FILE,
  wsl: /^[^-]|(?:^| )(?:-e|--exec) \S/,
}

/** What stands last in their arguments may be a shell that reads. */
const RUN_OTHERS = ['ssh', 'wsl', 'cmd']

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
  const name = shellName(program)
  if (name === undefined) return undefined
  if (args.some((arg) => arg.includes(TEXT_PLACE)))
    return `${name} would run the text as a command; leave ${TEXT_PLACE} out and let a script read it from stdin`
  const isAnother = RUN_OTHERS.includes(name) && shellName(args.at(-1) ?? '') !== undefined
  if (isAnother || !namesScript(name, args))
    return `${name} would run the text that it reads; name a script that reads it instead`
  return undefined
}

function shellName(program: string): string | undefined {
  const file = program.split(/[\\/]/).at(-1) ?? ''
  const name = file.replace(/\.(?:exe|com|bat|cmd)$/i, '').toLowerCase()
  return SHELLS.has(name) ? name : undefined
}

function namesScript(name: string, args: readonly string[]): boolean {
  const form = WINDOWS_FORMS[name]
  if (form) return form.test(args.join(' '))
  const words = args.filter((arg) => !arg.startsWith('-'))
  return words.length >= (name === 'ssh' ? 2 : 1) && !args.includes('-s')
}
