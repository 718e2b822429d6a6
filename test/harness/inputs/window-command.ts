import type { Rect } from '../tiles'
import type { XWindow } from './x-window'

export interface WindowParams {
  readonly rect?: Partial<Rect>
}

/** Does what any window can be told to; undefined when that is no such command. */
export function windowCommand(
  window: XWindow,
  command: string,
  params: WindowParams,
): Promise<void> | undefined {
  switch (command) {
    case 'move':
      return window.move(params.rect ?? {})
    case 'minimize':
      return window.minimize()
    case 'restore':
      return window.restore()
    case 'focus':
      return window.focus()
    default:
      return undefined
  }
}
