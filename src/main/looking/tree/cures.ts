import { readFileSync } from 'node:fs'
import type { Look, Place, Unreadable } from '../look'

type TreeReason = Exclude<Unreadable, 'copy-fails'>

/** That the tree could not say what stands there, with the one thing to do about it. */
export function unreadable(why: TreeReason, place: Place): Extract<Look, { kind: 'unreadable' }> {
  const cures: Record<TreeReason, (program: string) => string> = {
    off: (program) =>
      `Let Waggle switch the accessibility tree on (Settings, or waggle doctor), then restart ${program} once.`,
    'not-registered': (program) =>
      `Restart ${program} once: it was started before its accessibility tree was switched on, or shows none.`,
    'page-empty': (program) =>
      `Show the window of ${program}: a page that is covered, minimized or still loading cannot be read.`,
    'no-input': (program) =>
      `Point at the input of ${program} again: nothing that takes text stands where it was.`,
    timeout: (program) => `Wait until ${program} answers again, or restart it: it did not within a second.`,
  }
  return { kind: 'unreadable', why, cure: cures[why](programName(place)) }
}

/** As the system calls it, else by its window. */
function programName({ pid, title }: Place): string {
  try {
    const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
    return name.charAt(0).toUpperCase() + name.slice(1)
  } catch {
    return `“${title}”`
  }
}
