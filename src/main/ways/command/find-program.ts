import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

/** Where this program is: its own whole path, or the first in `path`; undefined when it cannot be run from anywhere. */
export function findProgram(program: string, path: string): string | undefined {
  if (isAbsolute(program)) return isRunnable(program) ? program : undefined
  return path
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, program))
    .find(isRunnable)
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
