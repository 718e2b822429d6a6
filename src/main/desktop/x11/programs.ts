import { readFileSync } from 'node:fs'
import type { ClientIds } from 'x11'
import { programOf } from '../program-of'
import type { X11Connection } from './connection'

const LOCAL_CLIENT_PID = 2
const ALL_CLIENTS = 0

/** True if both windows belong to the same process, whichever of its connections made them; false where nobody can tell. */
export type SameProcess = (a: number, b: number) => Promise<boolean>

/** Some programs paste and copy over a connection beside that of their windows (alacritty): the server knows whose each is. */
export function createSameProcess(x: X11Connection): SameProcess {
  const resources = resourcesOf(x)
  const pidOf = async (window: number) => (await pidsOf(x, await resources, window))[0]
  return async (a, b) => {
    if (x.sameProgram(a, b)) return true
    const [one, other] = await Promise.all([pidOf(a), pidOf(b)])
    return one !== undefined && one === other
  }
}

/** What the system calls the program of that window, empty where nobody can tell, and whether it stands still (SIGSTOP). */
export async function windowProgram(
  x: X11Connection,
  window: number,
): Promise<{ readonly program: string; readonly isStopped: boolean }> {
  const [pid] = await pidsOf(x, await resourcesOf(x), window)
  if (pid === undefined) return { program: '', isStopped: false }
  return { program: pid === process.pid ? 'Waggle' : programOf(pid), isStopped: isStopped(pid) }
}

/** What the system calls the programs that use this display. */
export async function allPrograms(x: X11Connection): Promise<string[]> {
  const pids = await pidsOf(x, await resourcesOf(x), ALL_CLIENTS)
  return [...new Set(pids.map(programOf))].filter((name) => name !== '')
}

function resourcesOf(x: X11Connection): Promise<ClientIds | undefined> {
  return x.ask<ClientIds>((done) => x.client.require('res', done)).catch(() => undefined)
}

/** A client over the network has none. */
async function pidsOf(x: X11Connection, asked: ClientIds | undefined, client: number): Promise<number[]> {
  if (!asked) return []
  const ids = await x
    .ask<{ mask: number; value: number[] }[]>((done) =>
      asked.QueryClientIds([{ client, mask: LOCAL_CLIENT_PID }], done),
    )
    .catch(() => [])
  return ids.flatMap(({ mask, value }) => (mask === LOCAL_CLIENT_PID ? value.slice(0, 1) : []))
}

/** By the state after its name, which may hold anything. */
function isStopped(pid: number): boolean {
  try {
    return /^[Tt]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '')
  } catch {
    return false
  }
}
