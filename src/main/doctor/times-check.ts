import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Check } from '../../contract/doctor'
import type { HomeCheckDeps } from './home-checks'
import { passed, warned } from './checks'

const FILES = ['waggle.db', 'waggle.db-wal', 'settings.json']
/** Two clocks of one network differ by less. */
const NEAR_MS = 60_000

/** Whether something of Waggle's is stamped ahead of the clock: that was set back, or the machine restored. */
export function timesCheck({
  home,
  lockHolder,
  now,
}: Pick<HomeCheckDeps, 'home' | 'lockHolder' | 'now'>): Check {
  const name = 'Clock'
  const holder = lockHolder()
  const times = [
    ...FILES.map((file) => ({ what: file, at: changedAt(join(home, file)) })),
    ...(holder ? [{ what: 'The desktop lock', at: Date.parse(holder.since) }] : []),
  ]
  const ahead = times
    .map(({ what, at }) => ({ what, by: at - now() }))
    .filter(({ by }) => by > NEAR_MS)
    .toSorted((a, b) => b.by - a.by)[0]
  if (!ahead) return passed(name, 'Nothing of Waggle’s is stamped ahead of this computer’s clock.')
  return warned(
    name,
    `${ahead.what} is stamped ${duration(ahead.by)} ahead of this computer’s clock: it was set back since, or the file comes from another one.`,
    'Set the clock right, if it is wrong. Waggle goes on either way: it waits, and judges locks, by a clock that nobody sets.',
  )
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity
}

function duration(ms: number): string {
  const minutes = ms / 60_000
  if (minutes < 120) return `${Math.round(minutes)} min`
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 60 / 24)} days`
}
