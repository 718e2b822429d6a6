import type { Act } from './play'

/** The pause of the older swarm's scripts between two steps, in ms: PyAutoGUI's own default. */
const SCRIPT_PAUSE_MS = 100

/** The scenarios, Waggle's first; the same 8 x 5 messages then by scripts, without and with a file lock. */
export function acts(lock: string): Act[] {
  const waggle = { by: 'waggle' } as const
  const script = { by: 'script', pauseMs: SCRIPT_PAUSE_MS } as const
  const eight = { senders: 8, each: 5, seed: 2 }
  return [
    { title: 'Waggle, 3 senders x 2', way: waggle, scenario: { senders: 3, each: 2, seed: 1 } },
    { title: 'Waggle, 8 senders x 5', way: waggle, scenario: eight },
    {
      title: 'Waggle, 16 senders x 5',
      way: waggle,
      scenario: { senders: 16, each: 5, seed: 3 },
      picture: true,
    },
    { title: 'scripts, 8 senders x 5', way: script, scenario: eight },
    { title: 'scripts with a file lock, 8 senders x 5', way: { ...script, lock }, scenario: eight },
  ]
}
