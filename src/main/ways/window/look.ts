import type { Agent } from '../../../contract/agent'
import type { Desk, SeenAgent } from '../../../contract/desktop-look'
import { OperationError } from '../../../contract/failure'
import type { Desktop, DesktopWindow } from '../../desktop/desktop'
import { findTarget, isFailure } from './locate'
import { patternFor } from './window-pattern'

/** What there is on the desktop and where each agent's input is, touching nothing. Throws `OperationError` desktopUnavailable. */
export async function look(desktop: Desktop, agents: readonly Agent[]): Promise<Desk> {
  const trouble = await desktop.trouble()
  if (trouble) throw new OperationError('desktopUnavailable', trouble.message)
  const [windows, screens] = await Promise.all([desktop.windows(), desktop.screens()])
  return {
    screens: screens.map((rect) => ({ rect })),
    windows: windows.map(({ hidden, ...window }) => ({
      ...window,
      minimized: window.minimized || hidden !== undefined,
      ...namedBy(window, windows),
    })),
    agents: agents.map((agent) => seen(agent, findTarget(agent, windows, screens))),
  }
}

/** A window without a title cannot be named by a pattern. */
function namedBy(window: DesktopWindow, windows: readonly DesktopWindow[]) {
  return window.title === '' ? {} : patternFor(window, windows)
}

function seen({ name }: Agent, found: ReturnType<typeof findTarget>): SeenAgent {
  if (isFailure(found)) return { name, failure: found }
  return { name, point: [found.point.x, found.point.y], windowId: found.window.id }
}
