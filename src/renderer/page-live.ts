import { beforePicture } from './state/before-picture'
import { createLive } from './state/live'
import { call, onEvent } from './waggle'

/** The live state of this page; it starts at once. */
export function startPageLive() {
  const live = createLive({ call, onEvent, schedule: beforePicture, now: Date.now })
  void live.start()
  return live
}
