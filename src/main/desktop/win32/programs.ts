import { processes, windows } from './calls'

const QUERY_LIMITED = 0x1000
const TOKEN_QUERY = 8
const TOKEN_INTEGRITY_LEVEL = 25
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

/**
 * True where Windows keeps our input from a program, which runs with more rights than we (UIPI drops what we send without
 * a word). A token that may not even be looked at is one of more rights.
 */
export function isAbove(pid: number, own: number): boolean {
  const level = integrityOf(pid)
  return level === undefined ? false : level > own
}

/** The integrity level of a process; Infinity where it may not be looked at, undefined where there is none. */
export function integrityOf(pid: number): number | undefined {
  const process = processes.OpenProcess(QUERY_LIMITED, 0, pid)
  if (process === 0) return undefined
  const token = [0]
  const isOpen = processes.OpenProcessToken(process, TOKEN_QUERY, token)
  processes.CloseHandle(process)
  if (!isOpen) return Infinity
  // The label is a pointer and flags, and behind them the identifier that it points to: its last part is the level.
  const label = Buffer.alloc(128)
  const length = [0]
  const isTold = processes.GetTokenInformation(token[0] ?? 0, TOKEN_INTEGRITY_LEVEL, label, 128, length)
  processes.CloseHandle(token[0] ?? 0)
  return isTold ? label.readUInt32LE((length[0] ?? 4) - 4) : undefined
}
