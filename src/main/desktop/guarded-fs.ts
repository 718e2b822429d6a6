import fs from 'node:fs'

/** By lock folder: whether the lock that this process believes to hold is still its own. */
const held = new Map<string, () => boolean>()

/**
 * The file system that proper-lockfile is given. It removes a lock at release and again when the process exits, without
 * looking whose lock it is by then; here the removal of a lock that another process has taken over does nothing.
 */
export const guardedFs = {
  ...fs,
  rmdir(folder: string, done: (error: Error | null) => void): void {
    if (mayRemove(folder)) fs.rmdir(folder, done)
    else done(null)
  },
  rmdirSync(folder: string): void {
    if (mayRemove(folder)) fs.rmdirSync(folder)
  },
}

/** From now on until {@link forget}, the folder is removed only while `isOurs` says so. */
export function guard(folder: string, isOurs: () => boolean): void {
  held.set(folder, isOurs)
}

export function forget(folder: string): void {
  held.delete(folder)
}

function mayRemove(folder: string): boolean {
  return held.get(folder)?.() ?? true
}
