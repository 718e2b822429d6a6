import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { TEXT_PLACE } from '../../../contract/command'
import { findProgram, variable } from './find-program'

/** What the system itself can start, and all it is given. */
export interface Startable {
  readonly file: string
  readonly args: readonly string[]
  /** On Windows: the arguments are one line already, quoted as cmd.exe has it. */
  readonly isLine?: boolean
}

/** The line of npm's own batch files that runs what was installed, by Node where that is a script. */
const SHIM = /^.*?(?<prog>"%_prog%" (?<flags>[^"\r\n]*))?"%dp0%\\(?<target>[^"\r\n]+)" +%\*\r?$/m
const BY_NODE = /^ *SET "_prog=node"\r?$/m
/** A script that begins with variables has them set there. */
const SETS_VARIABLES = /^@SET /m
/** In quotes these mean something to cmd.exe, or to the program behind it. */
const UNQUOTABLE = /["%\r\n]|\\$/

/**
 * How to start this command with no shell that would read a message's words, its place not yet filled; else a sentence that
 * says why it cannot be started. Windows starts a batch file by cmd.exe alone: what npm has installed is run without it,
 * any other gets the words of its command in quotes, and never a message.
 */
export function startable(
  [program = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
): Startable | string {
  const file = findProgram(program, env)
  if (file === undefined)
    return `there is no program ${program}. Install it, or set the command with the program's whole path.`
  const behind = isBatch(file) ? behindShim(file, env) : { file, args: [] }
  if (behind) return { file: behind.file, args: [...behind.args, ...args] }
  if (args.some((arg) => arg.includes(TEXT_PLACE)))
    return `${file} is a batch file, and Windows' shell would read the text as a part of its line. Leave ${TEXT_PLACE} out, and the text comes on its stdin; or name the program that it runs.`
  const words = [file, ...args]
  const wrong = words.find((word) => UNQUOTABLE.test(word))
  if (wrong !== undefined)
    return `${file} is a batch file, which cannot be given ${wrong} as it is. Name the program that it runs.`
  const line = words.map((word) => `"${word}"`).join(' ')
  // Without what the registry has run before it, and with no meaning for "!".
  const shell = join(variable(env, 'SYSTEMROOT') ?? 'C:\\Windows', 'System32', 'cmd.exe')
  return { file: shell, args: ['/d', '/v:off', '/s', '/c', `"${line}"`], isLine: true }
}

function isBatch(file: string): boolean {
  return process.platform === 'win32' && /\.(?:cmd|bat)$/i.test(file)
}

function behindShim(file: string, env: NodeJS.ProcessEnv): Startable | undefined {
  const text = readFileSync(file, 'utf8')
  const { prog, flags = '', target } = SHIM.exec(text)?.groups ?? {}
  if (target === undefined || SETS_VARIABLES.test(text)) return undefined
  const path = join(dirname(file), target)
  if (prog === undefined) return /\.(?:exe|com)$/i.test(path) ? { file: path, args: [] } : undefined
  const beside = join(dirname(file), 'node.exe')
  const node = existsSync(beside) ? beside : findProgram('node', env)
  if (node === undefined || !BY_NODE.test(text)) return undefined
  return { file: node, args: [...flags.split(' ').filter(Boolean), path] }
}
