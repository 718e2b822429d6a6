import { readdirSync, readFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'

interface Process {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

function processes(): Process[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger)
  return pids.flatMap((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // What stands before the last parenthesis is the name, which may hold anything.
      const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return { pid, parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') }
    } catch {
      return [] // it has ended meanwhile
    }
  })
}

/** The processes of one kind (`renderer`, `gpu-process`, `utility`) that an Electron app has begun. */
export function helpersOf(app: number, kind: string): number[] {
  const all = processes()
  const below = (pid: number): Process[] =>
    all.filter(({ parent }) => parent === pid).flatMap((one) => [one, ...below(one.pid)])
  return below(app).flatMap(({ pid, command }) => (command.includes(`--type=${kind}`) ? pid : []))
}

/** The processes of a display whose command line has this word. */
export function processesOn(display: string, word: string): number[] {
  return processes().flatMap(({ pid, command }) => {
    if (!command.includes(word)) return []
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
      return environment.includes(`DISPLAY=${display}`) ? pid : []
    } catch {
      return [] // it has ended meanwhile
    }
  })
}

/** Stops a process. It goes on until it has had a turn of the processor: resolves once all of it stands still. */
export async function halt(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP')
  const threads = () => readdirSync(`/proc/${pid}/task`)
  while (!threads().every((thread) => stateOf(`${pid}/task/${thread}`) === 'T')) await setImmediate()
}

/** False once it has ended, though nobody has taken notice of that yet: an orphan's is up to the system's first process. */
export function isRunning(pid: number | string): boolean {
  const state = stateOf(String(pid))
  return state !== undefined && state !== 'Z'
}

/** The letter that `ps` shows; undefined once the process or thread is gone. */
function stateOf(path: string): string | undefined {
  if (process.platform === 'win32') return isThere(Number(path)) ? 'R' : undefined
  try {
    const stat = readFileSync(`/proc/${path}/stat`, 'utf8')
    return stat[stat.lastIndexOf(')') + 2]
  } catch {
    return undefined
  }
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
