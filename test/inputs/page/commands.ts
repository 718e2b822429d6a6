import type { Chat } from './chat'
import type { Variants } from './types'

interface Params {
  readonly text?: string
  readonly title?: string
  readonly shown?: boolean
  readonly on?: boolean
  readonly variants?: Variants
}

/** What a page can be told to do; the answer must be good for JSON. */
const commands: Readonly<Record<string, (chat: Chat, params: Params) => unknown>> = {
  peek: (chat) => chat.peek(),
  selection: (chat) => chat.widget.selection() ?? null,
  setDraft: (chat, { text = '' }) => chat.widget.setDraft(text),
  setRichDraft: (chat) => chat.widget.setRichDraft(),
  focusInput: (chat) => chat.widget.focus(),
  focusSearch: (chat) => chat.focusSearch(),
  dialog: (chat, { shown = true }) => chat.dialog(shown),
  busy: (chat, { on = true }) => chat.setBusy(on),
  set: (chat, { variants = {} }) => chat.set(variants),
  retitle: (_chat, { title = '' }) => void (document.title = title),
  /** The page in physical pixels. */
  view: () => ({ width: innerWidth * devicePixelRatio, height: innerHeight * devicePixelRatio }),
  inputRect: (chat) => rectOf(chat.widget.element, devicePixelRatio),
}

export function runInChat(chat: Chat, command: string, params: Params): unknown {
  const run = commands[command]
  if (!run) throw new Error(`no command ${command}`)
  return run(chat, params)
}

/** In physical pixels from the page's corner. */
export function rectOf(
  element: Element,
  scale: number,
): { x: number; y: number; width: number; height: number } {
  const { x, y, width, height } = element.getBoundingClientRect()
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale }
}
