import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron'
import { stances, type Answer, type BridgeError, type Stance, type Wish } from '../../contract/bridge'
import { errorCodes, OperationError } from '../../contract/errors'
import type { WaggleEvent } from '../../contract/events'
import { PERSON } from '../../contract/person'
import { PageEvents } from './page-events'

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
  /** True while the window that holds this page is on the screen. */
  isSeen(contents: WebContents): boolean
  /** Calls back whenever that window comes onto the screen; returns the way to stop. */
  onSeen(contents: WebContents, listener: () => void): () => void
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
  const pages: Pages = new Map()
  const callerOf = (contents: WebContents) => {
    const { end, events } = pages.get(contents) ?? openPage(pages, contents, deps)
    return { defaultSender: PERSON, signal: end.signal, notify: (event: WaggleEvent) => events.tell(event) }
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
    for (const { end } of pages.values()) end.abort()
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

/** A page of ours counts as one connection from its first call on; `end` ends it. */
interface OpenPage {
  readonly end: AbortController
  readonly events: PageEvents
}
type Pages = Map<WebContents, OpenPage>

function openPage(pages: Pages, contents: WebContents, { isSeen, onSeen }: WindowDoorDeps): OpenPage {
  const end = new AbortController()
  const events = new PageEvents({
    isSeen: () => isSeen(contents),
    send(events) {
      if (!end.signal.aborted && !contents.isDestroyed()) contents.send(EVENT, events)
    },
  })
  const page = { end, events }
  const forget = onSeen(contents, () => events.flush())
  const close = () => {
    if (pages.get(contents) === page) pages.delete(contents)
    end.abort()
    forget()
  }
  pages.set(contents, page)
  contents.once('did-navigate', close)
  contents.once('render-process-gone', close)
  contents.once('destroyed', close)
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
