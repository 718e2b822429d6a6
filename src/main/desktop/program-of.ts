import { readFileSync } from 'node:fs'

/** What the system calls a process; empty where it does not tell. */
export function programOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
  } catch {
    return ''
  }
}
