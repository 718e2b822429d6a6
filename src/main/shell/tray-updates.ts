import type { Agent } from '../../contract/agent'
import type { WaggleEvent } from '../../contract/events'
import type { QueueStatus } from '../../contract/operations'
import type { TrayMenuState } from './tray-menu'
import { trayState, type TrayMood } from './tray-state'

/** At most one change of the tray in this time: panels redraw slowly, and a burst of deliveries would flicker. */
export const TRAY_PAUSE_MS = 150

/** The three things a tray shows. */
export interface TrayFace {
  showMood(mood: TrayMood): void
  showSentence(sentence: string): void
  showMenu(state: TrayMenuState): void
}

export interface TrayUpdatesDeps {
  readonly face: TrayFace
  status(): QueueStatus
  agents(): readonly Agent[]
  /** The messages in doubt when the tray comes up; from then on events tell. */
  inDoubt(): readonly string[]
  subscribe(listener: (event: WaggleEvent) => void): () => void
  /** Calls back once after so many ms. */
  later(ms: number, callback: () => void): void
}

/** Shows the present state and then every change of it, each part only when it differs. Returns the way to stop. */
export function keepTrayCurrent(deps: TrayUpdatesDeps): () => void {
  const inDoubt = new Set(deps.inDoubt())
  const show = changesOnly(deps.face)
  const refresh = () => {
    const status = deps.status()
    const { mood, sentence } = trayState(status, inDoubt.size)
    show.mood(mood)
    show.sentence(sentence)
    show.menu({ sentence, paused: status.paused, agents: deps.agents() })
  }
  const soon = atMostEvery(TRAY_PAUSE_MS, deps.later, refresh)
  const unsubscribe = deps.subscribe((event) => {
    if (event.type === 'message') noteDoubt(inDoubt, event.message)
    soon.request()
  })
  refresh()
  return () => {
    unsubscribe()
    soon.stop()
  }
}

function noteDoubt(inDoubt: Set<string>, { id, state }: { id: string; state: string }): void {
  if (state === 'in-doubt') inDoubt.add(id)
  else inDoubt.delete(id)
}

function changesOnly(face: TrayFace) {
  const last = { mood: '', sentence: '', menu: '' }
  return {
    mood: (mood: TrayMood) => {
      if (last.mood !== mood) face.showMood((last.mood = mood))
    },
    sentence: (sentence: string) => {
      if (last.sentence !== sentence) face.showSentence((last.sentence = sentence))
    },
    menu: ({ sentence, paused, agents }: TrayMenuState) => {
      const state = { sentence, paused, agents: agents.map(({ name, enabled }) => ({ name, enabled })) }
      const key = JSON.stringify(state)
      if (last.menu === key) return
      last.menu = key
      face.showMenu(state)
    },
  }
}

/** The first request acts at once, those within the pause after it act together at its end. */
function atMostEvery(ms: number, later: TrayUpdatesDeps['later'], act: () => void) {
  let phase: 'ready' | 'resting' | 'asked' | 'stopped' = 'ready'
  const run = () => {
    phase = 'resting'
    act()
    later(ms, () => {
      if (phase === 'asked') run()
      else if (phase === 'resting') phase = 'ready'
    })
  }
  return {
    request: () => {
      if (phase === 'ready') run()
      else if (phase === 'resting') phase = 'asked'
    },
    stop: () => {
      phase = 'stopped'
    },
  }
}
