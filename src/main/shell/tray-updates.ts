import type { Agent } from '../../contract/agent'
import type { WaggleEvent } from '../../contract/events'
import type { Message } from '../../contract/message'
import type { QueueStatus } from '../../contract/operations'
import type { Told } from './message-words'
import type { TrayMenuState } from './tray-menu'
import { trayState, type TrayMood } from './tray-state'

/** At most one change of icon and tooltip in this time: panels redraw slowly, and a burst of deliveries would flicker. */
export const TRAY_PAUSE_MS = 150
/**
 * The same for the menu's words, which change with each delivery: a panel may have it open, and rebuilt under the pointer
 * it jumps or closes. What can be clicked is never older than the icon.
 */
export const MENU_PAUSE_MS = 1000

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
  /** The last messages, newest first. */
  recent(): readonly Told[]
  /** The messages in doubt when the tray comes up; from then on events tell. */
  inDoubt(): readonly string[]
  startAtLogin(): boolean
  subscribe(listener: (event: WaggleEvent) => void): () => void
  /** Calls back once after so many ms. */
  later(ms: number, callback: () => void): void
}

export interface TrayUpdates {
  /** The person has looked: what failed so far needs nobody any more. */
  seen(): void
  stop(): void
}

/** Shows the present state and then every change of it, each part only when it differs. */
export function keepTrayCurrent(deps: TrayUpdatesDeps): TrayUpdates {
  const inDoubt = new Set(deps.inDoubt())
  const failed = new Set<string>()
  const show = changesOnly(deps.face)
  const state = () => trayState(deps.status(), { inDoubt: inDoubt.size, failed: failed.size })
  let choices = ''
  const showMenu = () => {
    const { paused, depth } = deps.status()
    const { sentence } = state()
    const [agents, recent, startAtLogin] = [deps.agents(), deps.recent(), deps.startAtLogin()]
    choices = choicesIn(deps)
    show.menu({ sentence, paused, depth, agents, recent, startAtLogin })
  }
  const menu = atMostEvery(MENU_PAUSE_MS, deps.later, showMenu)
  const icon = atMostEvery(TRAY_PAUSE_MS, deps.later, () => {
    const { mood, sentence } = state()
    show.mood(mood)
    show.sentence(sentence)
    if (choices !== choicesIn(deps)) showMenu()
  })
  const refresh = () => {
    icon.request()
    menu.request()
  }
  const unsubscribe = deps.subscribe((event) => {
    if (event.type === 'message') {
      note(inDoubt, event.message, 'in-doubt')
      note(failed, event.message, 'failed')
    }
    refresh()
  })
  refresh()
  return {
    seen() {
      failed.clear()
      refresh()
    },
    stop() {
      unsubscribe()
      icon.stop()
      menu.stop()
    },
  }
}

/** What the menu lets a person do, as one word to compare. */
function choicesIn({ status, agents, startAtLogin }: TrayUpdatesDeps): string {
  const names = agents().map(({ name, enabled }) => [name, enabled])
  return JSON.stringify([status().paused, startAtLogin(), names])
}

function note(messages: Set<string>, { id, state }: Message, wanted: Message['state']): void {
  if (state === wanted) messages.add(id)
  else messages.delete(id)
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
    menu: (state: TrayMenuState) => {
      const key = JSON.stringify({
        ...state,
        agents: state.agents.map(({ name, enabled }) => [name, enabled]),
        recent: state.recent.map(({ id, state }) => [id, state]),
      })
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
