import type { Rect } from '../harness/tiles'
import type { Page } from './page/types'

/** One window: its page and where it stands. */
export interface Spec extends Page {
  readonly name: string
  readonly title: string
  readonly rect: Rect
}

export interface Config {
  /** Where the pages are served. */
  readonly page: string
  readonly userData: string
  readonly agents: readonly Spec[]
}

/** A line of stdin; what else it holds depends on `do`. */
export interface Command {
  readonly id: number
  readonly do: string
  readonly agent?: string
  readonly rect?: Partial<Rect>
  readonly title?: string
}
