import type { Failure } from '../../../contract/failure'
import type { processes, screen } from './calls'

// What Windows lets a program do, decided by its answers; they are handed in, since only Windows gives them.

const QUERY_LIMITED = 0x1000
const TOKEN_QUERY = 8
const TOKEN_INTEGRITY_LEVEL = 25
const READ_OBJECTS = 1
const LOCKED = 'Windows shows its lock screen or asks for permission, and what is typed then would go there.'

type ProcessCalls = Pick<
  typeof processes,
  'OpenProcess' | 'CloseHandle' | 'OpenProcessToken' | 'GetTokenInformation'
>

/**
 * True where Windows keeps our input from a program, which runs with more rights than we (UIPI drops what we send without
 * a word). A token that may not even be looked at is one of more rights; a process that may not, or is gone, is tried.
 */
export function isAbove(pid: number, own: number, system: ProcessCalls): boolean {
  const level = integrityOf(pid, system)
  return level === undefined ? false : level > own
}

/** The integrity level of a process; Infinity where its token may not be looked at, undefined where it may not itself. */
export function integrityOf(pid: number, system: ProcessCalls): number | undefined {
  const process = system.OpenProcess(QUERY_LIMITED, 0, pid)
  if (process === 0) return undefined
  const token = [0]
  const isOpen = system.OpenProcessToken(process, TOKEN_QUERY, token)
  system.CloseHandle(process)
  if (!isOpen) return Infinity
  // The label is a pointer and flags, and behind them the identifier that it points to: its last part is the level.
  const label = Buffer.alloc(128)
  const length = [0]
  const isTold = system.GetTokenInformation(token[0] ?? 0, TOKEN_INTEGRITY_LEVEL, label, 128, length)
  system.CloseHandle(token[0] ?? 0)
  return isTold ? label.readUInt32LE((length[0] ?? 4) - 4) : undefined
}

/** Why nothing can be delivered now: the desktop that gets the keys is one that no program of a person's may open. */
export function lockTrouble(
  system: Pick<typeof screen, 'OpenInputDesktop' | 'CloseDesktop'>,
): Failure | undefined {
  const desktop = system.OpenInputDesktop(0, 0, READ_OBJECTS)
  if (desktop === 0) return { code: 'desktop-unavailable', message: LOCKED }
  system.CloseDesktop(desktop)
  return undefined
}
