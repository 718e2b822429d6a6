import { accessSync, constants, lstatSync, statSync } from 'node:fs'
import { delimiter, extname, isAbsolute, join } from 'node:path'

/** What Windows itself starts, and cmd.exe, in the order in which it looks for them; a file without any of these is none. */
const WINDOWS_PROGRAMS = ['.com', '.exe', '.bat', '.cmd']

/** Where this program is: its own whole path, or the first in `PATH`; undefined when it cannot be run from anywhere. */
export function findProgram(program: string, env: NodeJS.ProcessEnv): string | undefined {
  const folders = isAbsolute(program)
    ? ['']
    : (variable(env, 'PATH') ?? '').split(delimiter).filter(isAbsolute)
  return folders.flatMap((folder) => namesOf(program).map((name) => join(folder, name))).find(isRunnable)
}

/** Windows' variables have names in any case (`Path`), of which a copy of its environment knows nothing. */
export function variable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  if (process.platform !== 'win32') return env[name]
  return Object.entries(env).find(([one, value]) => value !== undefined && one.toUpperCase() === name)?.[1]
}

function namesOf(program: string): string[] {
  if (process.platform !== 'win32' || WINDOWS_PROGRAMS.includes(extname(program).toLowerCase()))
    return [program]
  return WINDOWS_PROGRAMS.map((kind) => program + kind)
}

function isRunnable(path: string): boolean {
  try {
    // Nobody may look through the links by which Windows runs the programs of its store, but all may run them.
    if (process.platform === 'win32') return !lstatSync(path).isDirectory()
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
