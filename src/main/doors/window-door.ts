import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron'
import { stances, type Answer, type BridgeError, type Stance, type Wish } from '../../contract/bridge'
import { errorCodes, OperationError } from '../../contract/errors'
import type { WaggleEvent } from '../../contract/events'

// The channel names stand here and in src/preload/preload.ts, nowhere else.
const CALL = 'waggle:call'
const EVENT = 'waggle:event'
const WISH = 'waggle:wish'
const STAND = 'waggle:stand'

export interface WindowDoorDeps {
  dispatch(
    method: string,
    params: unknown,
    caller: { defaultSender: string; signal: AbortSignal; notify(event: WaggleEvent): void },
  ): Promise<unknown>
  readonly ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>
  /** True for the pages of our own windows; everything else is refused. */
  isOurPage(contents: WebContents, url: string): boolean
  /** Lets the window that holds this page stand so. */
  stand(contents: WebContents, stance: Stance): Promise<void>
  /** Told of errors that no operation meant to give; the window only learns that there was one. */
  onUnexpected(error: unknown, method: string): void
}

/**
 * Serves the contract to our own window. A page counts as one connection: its subscriptions and waits end when it
 * goes away, reloads or crashes. The function returned closes the door.
 */
export function listenOnWindow(deps: WindowDoorDeps): () => void {
  const pages = new Map<WebContents, AbortController>()
  const callerOf = (contents: WebContents) => {
    const page = pages.get(contents) ?? openPage(pages, contents)
    const notify = (event: WaggleEvent) => {
      if (!page.signal.aborted && !contents.isDestroyed()) contents.send(EVENT, event)
    }
    return { defaultSender: 'you', signal: page.signal, notify }
  }

  deps.ipcMain.handle(CALL, async (event, method: unknown, params: unknown): Promise<Answer> => {
    if (!isFromOurPage(deps, event)) return refused('Only Waggle’s own window may call here.')
    if (typeof method !== 'string') return refused('The name of the operation is missing.')
    try {
      return { ok: true, result: await deps.dispatch(method, params, callerOf(event.sender)) }
    } catch (error) {
      return { ok: false, error: asBridgeError(error, () => deps.onUnexpected(error, method)) }
    }
  })
  deps.ipcMain.handle(STAND, async (event, wanted: unknown) => {
    const stance = stances.find((stance) => stance === wanted)
    if (stance && isFromOurPage(deps, event)) await deps.stand(event.sender, stance)
  })
  return () => {
    deps.ipcMain.removeHandler(CALL)
    deps.ipcMain.removeHandler(STAND)
    for (const page of pages.values()) page.abort()
  }
}

/** Tells a page of ours what its window was opened for. */
export function tellWish(contents: WebContents, wish: Wish): void {
  contents.send(WISH, wish)
}

/** The frame is null once it has gone; a frame inside our page is not our page. */
function isFromOurPage(deps: WindowDoorDeps, { sender, senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && deps.isOurPage(sender, senderFrame.url)
}

function openPage(pages: Map<WebContents, AbortController>, contents: WebContents): AbortController {
  const page = new AbortController()
  const end = () => {
    if (pages.get(contents) === page) pages.delete(contents)
    page.abort()
  }
  pages.set(contents, page)
  contents.once('did-navigate', end)
  contents.once('render-process-gone', end)
  contents.once('destroyed', end)
  return page
}

function refused(message: string): Answer {
  return { ok: false, error: { code: errorCodes.invalidRequest, message } }
}

function asBridgeError(error: unknown, unexpected: () => void): BridgeError {
  if (error instanceof OperationError) {
    const { code, message, data } = error
    return data === undefined ? { code, message } : { code, message, data }
  }
  unexpected()
  return {
    code: errorCodes.internal,
    message: 'Waggle could not do this because of a fault of its own; its log says more.',
  }
}
