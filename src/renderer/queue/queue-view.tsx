import { useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { NoAgents } from '../agents/no-agents'
import { Empty } from '../components/empty'
import { Notice } from '../components/notice'
import { useChoice, type Choice } from '../components/use-choice'
import { WithPane } from '../components/with-pane'
import { MessageDetailPane } from '../history/message-detail'
import { createDismissals, type Dismissals } from '../state/dismissals'
import { TROUBLE_MS, type Live } from '../state/live'
import type { LiveState } from '../state/live-state'
import { useAction } from '../state/use-action'
import { useLive } from '../state/use-live'
import { useNow } from '../state/use-now'
import { texts } from '../texts'
import { Answers } from './answers'
import { Compose } from './compose'
import { Held } from './held'
import { Next } from './next'
import { Now } from './now'
import { Troubled } from './troubled'
import { useLine } from './use-line'

interface QueueViewProps {
  readonly live: Live
  readonly autoFocus: string | undefined
  /** Goes to where the first agent is added. */
  onAddAgent(): void
}

export function QueueView({ live, autoFocus, onAddAgent }: QueueViewProps) {
  const state = useLive(live)
  const line = useLine(live)
  const scroller = useRef<HTMLDivElement>(null)
  const [dismissals] = useState(() => createDismissals(localStorage))
  const troubled = useTroubled(state, dismissals)
  const { run, refusal } = useAction()
  const [waiting, needy, answered] = useOneOfThree()
  const opened = [waiting, needy, answered].find(({ open, active }) => open && active !== undefined)
  const pane =
    opened?.active === undefined ? null : (
      <MessageDetailPane
        key={opened.active}
        className="wide:mt-5"
        live={live}
        id={opened.active}
        onClose={() => opened.setOpen(false)}
      />
    )
  const common = { live, scroller, run }
  return (
    <>
      <Now state={state} head={line.rows.get(0)} />
      <WithPane pane={pane} scroller={scroller}>
        {refusal === undefined ? null : <Notice tone="bad">{refusal}</Notice>}
        {line.trouble === undefined ? null : (
          <Notice tone="bad">{texts.queue.failedToLoad(line.trouble)}</Notice>
        )}
        <Held live={live} status={state.status} run={run} />
        <Answers {...common} messages={state.answers} choice={answered} />
        <Troubled {...common} messages={troubled} dismissals={dismissals} choice={needy} />
        {line.total ? <Next {...common} line={line} status={state.status} choice={waiting} /> : null}
        {line.total === 0 ? <NothingWaits state={state} onAddAgent={onAddAgent} /> : null}
      </WithPane>
      <Compose live={live} agents={state.agents} autoFocus={autoFocus} />
    </>
  )
}

/** In doubt, or failed within a day and not dismissed. */
function useTroubled({ troubled }: LiveState, dismissals: Dismissals) {
  const dismissed = useSyncExternalStore(dismissals.subscribe, dismissals.ids)
  const now = useNow(troubled.length > 0 ? 60_000 : undefined)
  return useMemo(
    () =>
      troubled.filter(({ id, state, finishedAt, createdAt }) => {
        if (state === 'in-doubt') return true
        return !dismissed.has(id) && Date.parse(finishedAt ?? createdAt) > now - TROUBLE_MS
      }),
    [troubled, dismissed, now],
  )
}

/** The choices of three lists of which one at a time has an active row. */
function useOneOfThree(): readonly [Choice, Choice, Choice] {
  const [first, second, third] = [useChoice(), useChoice(), useChoice()]
  return [alone(first, second, third), alone(second, first, third), alone(third, first, second)]
}

function alone(own: Choice, ...others: readonly Choice[]): Choice {
  return {
    ...own,
    activate: (index, key) => {
      for (const other of others) if (other.at >= 0) other.clear()
      own.activate(index, key)
    },
  }
}

function NothingWaits({ state, onAddAgent }: { state: LiveState; onAddAgent(): void }) {
  const agent = state.agents[0]?.name
  if (agent === undefined) return <NoAgents onAdd={onAddAgent} />
  return (
    <Empty title={texts.queue.empty} hint={texts.queue.emptyHint} command={texts.queue.emptyExample(agent)} />
  )
}
