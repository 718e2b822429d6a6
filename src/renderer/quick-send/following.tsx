import { visible } from '../../contract/visible'
import { useEffect, useSyncExternalStore } from 'react'
import type { Stance } from '../../contract/bridge'
import type { QueueStatus } from '../../contract/operations'
import { CloseButton } from '../components/close-button'
import { tones } from '../components/tone'
import { span } from '../format'
import type { Follower } from './follower'
import { progressOf, type Mark } from './progress'

/** How long the good news stays, in ms. */
const ARRIVED_MS = 1800

interface FollowingProps {
  readonly follower: Follower
  readonly status: QueueStatus
  stand(stance: Stance): Promise<void>
}

/** What was sent, on its way; closes by itself once all of it has arrived. */
export function Following({ follower, status, stand }: FollowingProps) {
  const messages = useSyncExternalStore(follower.subscribe, follower.messages)
  const { who, words, tone, marks, arrived, tookMs } = progressOf(messages, status)
  useEffect(() => {
    if (!arrived) return undefined
    const timer = setTimeout(() => void stand('closed'), ARRIVED_MS)
    return () => clearTimeout(timer)
  }, [arrived, stand])
  return (
    <section className="flex h-full flex-col justify-center border border-line bg-raise px-4">
      <div className="flex items-center gap-2.5">
        <span className="max-w-[50%] shrink-0 truncate font-semibold">{visible(who)}</span>
        <span role="status" className={`min-w-0 flex-1 truncate ${tones[tone]}`}>
          {words}
        </span>
        {tookMs === undefined ? null : (
          <span className="shrink-0 font-mono text-[12px] text-faint">{span(tookMs)}</span>
        )}
        <CloseButton onPress={() => void stand('closed')} />
      </div>
      <Bar marks={marks} />
    </section>
  )
}

const colours: Readonly<Record<Mark, string>> = {
  done: 'bg-ok',
  going: 'bg-accent',
  open: 'bg-line',
  bad: 'bg-bad',
  doubt: 'bg-doubt',
}

function Bar({ marks }: { marks: readonly Mark[] }) {
  return (
    <div className="mt-3 flex gap-[5px]" aria-hidden="true">
      {marks.map((mark, index) => (
        <span
          // oxlint-disable-next-line react/no-array-index-key -- the segments have no other name and never move
          key={index}
          data-mark={mark}
          className={`h-[3px] min-w-0 flex-1 rounded-full transition-colors duration-150 ${colours[mark]}`}
        />
      ))}
    </div>
  )
}
