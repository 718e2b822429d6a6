import type { Page } from '../../inputs/page/types'
import type { ClosedWindow, OpenWindow } from '../agents'
import type { Rect } from '../tiles'

/** One window that is asked for, with all that was left out filled in. */
export interface HostedSpec extends Page {
  readonly name: string
  readonly title: string
  readonly rect: Rect
}

/** The program, or programs, in which some of the windows live. */
export interface InputHost {
  windows(): Promise<(OpenWindow | ClosedWindow)[]>
  /** Rejects when the window cannot do that. */
  ask(command: string, name: string, params?: object): Promise<unknown>
  stop(): Promise<void>
}
