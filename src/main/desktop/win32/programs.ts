import { processes, windows } from './calls'

const QUERY_LIMITED = 0x1000
const LONGEST_PATH = 1024

/** The process that a window belongs to, and the thread; 0 for a window that is none (any more). */
export function ownerOf(window: number): { readonly pid: number; readonly tid: number } {
  if (window === 0) return { pid: 0, tid: 0 }
  const pid = [0]
  const tid = windows.GetWindowThreadProcessId(window, pid)
  return { pid: pid[0] ?? 0, tid }
}

/** What a program's file is called, without folder and `.exe`; empty where the system does not tell. */
export function programName(pid: number): string {
  const process = processes.OpenProcess(QUERY_LIMITED, 0, pid)
  if (process === 0) return ''
  const path = Buffer.alloc(LONGEST_PATH * 2)
  const length = [LONGEST_PATH]
  const isKnown = processes.QueryFullProcessImageName(process, 0, path, length)
  processes.CloseHandle(process)
  if (!isKnown) return ''
  const name =
    path
      .toString('utf16le', 0, (length[0] ?? 0) * 2)
      .split('\\')
      .at(-1) ?? ''
  return name.replace(/\.exe$/i, '')
}
