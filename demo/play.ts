import { setTimeout as delay } from 'node:timers/promises'
import { judge, type Arrived, type Sent, type Verdict } from './judge'
import { plan, type Planned, type Scenario } from './plan'
import { runSenders, type Way } from './run-senders'
import type { Agents, OpenWindow } from '../test/harness/agents'

export interface Act {
  readonly title: string
  readonly way: Way
  readonly scenario: Omit<Scenario, 'agents'>
  /** A picture of the desktop is taken after it. */
  readonly picture?: boolean
}

/** An act's verdict and all that it was reached by. */
export interface Played {
  readonly act: Act
  readonly planned: readonly Planned[]
  readonly sent: readonly Sent[]
  readonly arrived: readonly Arrived[]
  /** What stood in the inputs afterwards. */
  readonly left: readonly string[]
  readonly verdict: Verdict
}

/** The windows that an act is played in, and what tells of them. */
export interface Playground {
  readonly agents: Pick<Agents, 'submissions' | 'onSubmitted' | 'readInput' | 'setDraft'>
  readonly windows: readonly OpenWindow[]
  /** For processes that belong on this desktop and speak to its Waggle. */
  readonly env: NodeJS.ProcessEnv
}

interface PlayOptions {
  readonly act: Act
  readonly root: string
  readonly signal: AbortSignal
  /** Told after every submitted text. */
  readonly progress: (submitted: number) => void
}

/** When no window took anything for so long, what has not come does not come any more. */
const QUIET_MS = 700

/** Plays one act: every sender a process of its own, all at once. Judged by what the windows took meanwhile. */
export async function play(
  { agents, windows, env }: Playground,
  { act, root, signal, progress }: PlayOptions,
): Promise<Played> {
  const planned = plan({ ...act.scenario, agents: windows.map(({ name }) => name) })
  const before = agents.submissions().length
  let latest = performance.now()
  let count = 0
  const stop = agents.onSubmitted(() => {
    latest = performance.now()
    progress((count += 1))
  })
  try {
    const inputs = new Map(windows.map(({ name, input }) => [name, input]))
    const sent = await runSenders({ way: act.way, planned, inputs, root, env, signal })
    while (performance.now() - latest < QUIET_MS) await delay(QUIET_MS / 10, undefined, { signal })
    const arrived = agents.submissions().slice(before)
    const left = await Promise.all(windows.map(async ({ name }) => agents.readInput(name)))
    return { act, planned, sent, arrived, left, verdict: judge(planned, sent, arrived, left) }
  } finally {
    stop()
    // What scripts left unsent in an input must not become part of the next act's messages.
    for (const { name } of windows) await agents.setDraft(name, '')
  }
}
