import type { Rect } from '../harness/tiles'

/** One agent of the config file. */
export interface Spec {
  readonly name: string
  readonly title: string
  readonly rect: Rect
  readonly kind: 'textarea' | 'contenteditable'
  readonly stallMs?: number
}

export interface Config {
  readonly log: string
  readonly ready: string
  readonly userData: string
  readonly agents: readonly Spec[]
}

/** A line of stdin; what else it needs depends on `do`. */
export interface Command {
  readonly id: number
  readonly do: string
  readonly agent?: string
  readonly rect?: Partial<Rect>
  readonly title?: string
  readonly text?: string
  readonly ms?: number
  readonly everyMs?: number
  readonly shown?: boolean
  readonly overInput?: boolean
}

/** A text submitted, or a dialog's button pressed, in an agent's window. */
export type Entry =
  | { readonly agent: string; readonly text: string; readonly at: number }
  | { readonly agent: string; readonly answer: string; readonly at: number }
