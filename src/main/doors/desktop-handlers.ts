import type { Desk } from '../../contract/desktop-look'
import type { ParsedParams, Result } from '../../contract/operations'
import type { Rect } from '../desktop/desktop'

export interface DesktopDeps {
  /** Screens, windows and agents as they are now. Throws `OperationError` desktopUnavailable. */
  look(): Promise<Desk>
  /** Throws `OperationError` desktopUnavailable when nothing of the rectangle is on a screen. */
  picture(rect: Rect | undefined, maxWidth: number): Promise<Result<'desktop.picture'>>
}

type DesktopOperation = 'desktop.look' | 'desktop.picture'

/** The operations that only look at the desktop. */
export function desktopHandlers(deps: DesktopDeps) {
  return {
    'desktop.look': () => deps.look(),
    'desktop.picture': ({ rect, maxWidth }) => deps.picture(rect, maxWidth),
  } satisfies { [N in DesktopOperation]: (params: ParsedParams<N>) => Promise<Result<N>> }
}
