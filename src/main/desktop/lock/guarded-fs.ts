import fs from 'node:fs'

/** By lock folder: whether the lock that this process believes to hold is still its own. */
const held = new Map<string, () => boolean>()

/**
 * The file system that proper-lockfile is given. It removes a lock at release and again when the process exits, without
 * looking whose lock it is by then; here the removal of a lock that another process has taken over does nothing. Folders
 * are made and removed at one stroke, so that whoever looks in between two of its steps never takes our lock for a
 * stranger's.
 */
export const guardedFs = {
  ...fs,
  mkdir(folder: string, done: (error: Error | null) => void): void {
    answer(done, () => {
      makeFolder(folder)
      held.set(folder, () => true)
    })
  },
  stat(folder: string, done: (error: Error | null, stat?: { readonly mtime: Date }) => void): void {
    // Whether somebody else's lock is old is judged by `AgeWatch`, not by the wall clock: here it is always new.
    fs.lstat(folder, (error, stat) => {
      if (error) done(error)
      else done(null, held.has(folder) ? stat : { mtime: new Date() })
    })
  },
  rmdir(folder: string, done: (error: Error | null) => void): void {
    answer(done, () => this.rmdirSync(folder))
  },
  rmdirSync(folder: string): void {
    if (!mayRemove(folder)) return
    fs.rmdirSync(folder)
    held.delete(folder)
  },
}

/** From now on until it is removed, or {@link forget}, the folder is ours only while `isOurs` says so. */
export function guard(folder: string, isOurs: () => boolean): void {
  held.set(folder, isOurs)
}

export function forget(folder: string): void {
  held.delete(folder)
}

/** Whether this process made the folder and it was not taken over since. */
export function isOwn(folder: string): boolean {
  return held.get(folder)?.() ?? false
}

/** A folder that somebody looks at while it is removed is there no more on Windows and cannot be made yet: it is held still. */
export function makeFolder(
  folder: string,
  make: (folder: string) => unknown = fs.mkdirSync,
  platform: string = process.platform,
): void {
  try {
    make(folder)
  } catch (error) {
    if (platform !== 'win32' || !(error instanceof Error && 'code' in error && error.code === 'EPERM'))
      throw error
    throw Object.assign(new Error(`${folder} is being removed`, { cause: error }), { code: 'EEXIST' })
  }
}

function mayRemove(folder: string): boolean {
  return held.get(folder)?.() ?? true
}

function answer(done: (error: Error | null) => void, act: () => void): void {
  let failure: Error | null = null
  try {
    act()
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error))
  }
  process.nextTick(done, failure)
}
