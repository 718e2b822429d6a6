import { useSyncExternalStore } from 'react'
import type { Live } from './live'
import type { LiveState } from './live-state'

export function useLive(live: Live): LiveState {
  return useSyncExternalStore(live.subscribe, live.state)
}

export function useTrouble(live: Live): string | undefined {
  return useSyncExternalStore(live.subscribe, live.trouble)
}
