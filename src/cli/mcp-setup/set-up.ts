import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { CliError, exitCodes } from '../exit-codes'
import type { ClientConfig } from './clients'

/**
 * Changes a client's file as `change` says, in one go; what stood there before is kept beside it. Returns the name of that
 * copy, undefined where nothing had to be changed or nothing was there. Throws `CliError` usage and leaves the file alone
 * where it cannot be read.
 */
export function changeFile(
  { title, file }: ClientConfig,
  change: (text: string) => string,
): string | undefined {
  // A link into somebody's dotfiles stays one.
  const real = existsSync(file) ? realpathSync(file) : file
  const before = existsSync(real) ? readFileSync(real, 'utf8') : undefined
  let after: string
  try {
    after = change(before ?? '')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CliError(
      exitCodes.usage,
      `${file}, the configuration of ${title}, was left as it is: ${why}. Put the piece in by hand; --print shows it.`,
    )
  }
  if (after === before || (before === undefined && after.trim() === '')) return undefined
  mkdirSync(dirname(real), { recursive: true })
  const backup = before === undefined ? undefined : freeName(`${real}.before-waggle`)
  if (backup !== undefined) copyFileSync(real, backup)
  const mode = before === undefined ? 0o600 : statSync(real).mode & 0o777
  const fresh = `${real}.waggle-new`
  writeFileSync(fresh, after, { mode })
  renameSync(fresh, real)
  return backup
}

/** The first backup holds what stood there before us: none is ever overwritten. */
function freeName(path: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? path : `${path}-${number}`
    if (!existsSync(name)) return name
  }
}
