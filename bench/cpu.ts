import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

export interface CpuUse {
  /** Of one core. */
  readonly percent: number
  readonly processes: number
}

/** Linux counts in hundredths of a second. */
const TICKS_PER_SECOND = 100

/** What this process and all its descendants use over so many ms. */
export async function cpuOver(pid: number, ms: number): Promise<CpuUse> {
  const before = ticks(pid)
  const start = performance.now()
  await delay(ms)
  const after = ticks(pid)
  const seconds = (performance.now() - start) / 1000
  const used = [...after].reduce((sum, [child, count]) => sum + count - (before.get(child) ?? 0), 0)
  return { percent: (used / TICKS_PER_SECOND / seconds) * 100, processes: after.size }
}

/** User and system time by process. */
function ticks(root: number): Map<number, number> {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .flatMap(readStat)
  const found = new Map<number, number>()
  const take = (pid: number) => {
    const own = all.find((one) => one.pid === pid)
    if (!own) return
    found.set(pid, own.ticks)
    for (const child of all) if (child.parent === pid) take(child.pid)
  }
  take(root)
  return found
}

function readStat(pid: number): { pid: number; parent: number; ticks: number }[] {
  try {
    // The name stands in brackets and may hold spaces; what follows is the state, then the parent.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return [{ pid, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }]
  } catch {
    return [] // it ended meanwhile
  }
}
