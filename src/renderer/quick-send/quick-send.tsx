import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Stance } from '../../contract/bridge'
import type { Live } from '../state/live'
import { useLive } from '../state/use-live'
import type { Wishes } from '../state/wishes'
import type { Follower } from './follower'
import { Following } from './following'
import { texts } from '../texts'
import { Writing } from './writing'

interface QuickSendProps {
  readonly live: Live
  readonly wishes: Wishes
  readonly follower: Follower
  stand(stance: Stance): Promise<void>
}

/** The small window: a message is written, and then its way is followed. */
export function QuickSend({ live, wishes, follower, stand }: QuickSendProps) {
  const state = useLive(live)
  const wish = useSyncExternalStore(wishes.subscribe, wishes.current)
  const [followed, setFollowed] = useState(wish)
  const isFollowing = followed !== undefined && followed === wish
  useEscape(() => void stand('closed'))
  if (!state.ready) return null
  return (
    <main className="h-full">
      <h1 className="sr-only">{texts.quickSend.title}</h1>
      {/* It stays in the page while its message is followed: if it is refused, nothing of it is lost. */}
      <Writing
        hidden={isFollowing}
        agents={state.agents}
        wish={wish}
        stand={stand}
        send={async (params) => {
          await follower.send(params)
          setFollowed(wish)
        }}
      />
      {isFollowing ? <Following follower={follower} status={state.status} stand={stand} /> : null}
    </main>
  )
}

function useEscape(close: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) close()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [close])
}
