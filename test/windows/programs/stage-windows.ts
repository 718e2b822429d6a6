import koffi from 'koffi'
import { clipboard, processes, thread, windows } from '../../../src/main/desktop/win32/calls'
import { integrityOf } from '../../../src/main/desktop/win32/rights'
import {
  CF_UNICODETEXT,
  formatNamed,
  put,
  putText,
  readAll,
  readTextNow,
  withClipboard,
} from '../../../src/main/desktop/win32/clipboard-data'
import { send } from '../../../src/main/desktop/win32/pointer'
import { contentOf, isMinimized } from '../../../src/main/desktop/win32/windows'
import { WNDPROC } from '../../../src/main/desktop/win32/structs'
import { HOOKPROC, loadRichEdit, openToRead, stage } from './stage-calls'

// Windows of a test's own, which log what arrives in them, and whoever else uses the clipboard: the truth of each test.

export type Kind = 'rich' | 'plain'

interface Stand {
  readonly frame: number
  readonly edit: number
  readonly keys: string[]
}

const [OVERLAPPED, OVERLAPPED_VISIBLE, CHILD_EDIT, TOPMOST] = [0x00cf0000, 0x10cf0000, 0x502000c4, 8] as const
const [WM_SIZE, WM_SETFOCUS, WM_KEYDOWN, WM_COMMAND, WM_CLIPBOARDUPDATE] = [
  5, 7, 0x100, 0x111, 0x31d,
] as const
const CHILD_BUTTON = 0x54000000
const [KEYBOARD_HOOK, WM_KEYUP] = [13, 0x101] as const
const [WM_SETTEXT, WM_GETTEXT, EM_SETSEL, EM_LIMITTEXT] = [0x0c, 0x0d, 0xb1, 0xc5] as const
const [ENTER, SHIFT, CONTROL, ALT, LETTER_A] = [0x0d, 0x10, 0x11, 0x12, 0x41] as const
const [NO_SIZE, NO_MOVE, NO_ZORDER] = [1, 2, 4] as const
const LONGEST = 1_000_000
const controlUp = { type: 1, u: { ki: { wVk: 0xa2, wScan: 0x1d, dwFlags: 2, time: 0, extra: 0 } } } as const

const covers: number[] = []
const stands = new Map<string, Stand>()
const submitted: { agent: string; text: string }[] = []
const heard: string[] = []
let isListening = false
let heldFile = 0
let [button, answers] = [0, 0]
let hook = 0
/** Done before each key is given to whoever has the focus then. */
let beforeKey = (_isDown: boolean): void => undefined
/** Done at each turn, as a program does that uses the desktop all the time. */
let meddle = (): void => undefined

loadRichEdit()
const procedure = koffi.register((window: number, message: number, wParam: number, lParam: number) => {
  const stand = [...stands.values()].find(({ frame }) => frame === window)
  if (message === WM_SETFOCUS && stand) stage.SetFocus(stand.edit)
  if (message === WM_SIZE && stand)
    stage.SetWindowPos(stand.edit, 0n, 0, 0, lParam & 0xffff, (lParam >> 16) & 0xffff, NO_ZORDER)
  if (message === WM_COMMAND && lParam === button && button !== 0) answers += 1
  if (message === WM_CLIPBOARDUPDATE && isListening) heard.push(readTextNow(window))
  return thread.DefWindowProc(window, message, wParam, lParam)
}, koffi.pointer(WNDPROC))
const keyboardHook = koffi.register((_code: number, message: number) => {
  if (message === WM_KEYDOWN || message === WM_KEYUP) beforeKey(message === WM_KEYDOWN)
  return 0
}, koffi.pointer(HOOKPROC))
const className = `Stage-${process.pid}`
const plainClass = { style: 0, procedure, classExtra: 0, windowExtra: 0, instance: 0, icon: 0, cursor: 0 }
thread.RegisterClass({ ...plainClass, background: 6, menu: null, name: className })
const frameOf = (
  title: string,
  exStyle: number,
  style: number,
  at: readonly [number, number, number, number],
) => stage.CreateWindow(exStyle, className, title, style, ...at, 0, 0, 0, 0)
const own = frameOf('', 0, 0, [0, 0, 10, 10])
clipboard.AddClipboardFormatListener(own)

const textOf = (edit: number) => {
  const text = Buffer.alloc(LONGEST)
  const length = stage.ReadText(edit, WM_GETTEXT, LONGEST / 2, text)
  return text.toString('utf16le', 0, length * 2).replaceAll(/\r\n?/g, '\n')
}
const setText = (edit: number, text: string) => {
  stage.SendText(edit, WM_SETTEXT, 0, text.replaceAll('\n', '\r\n'))
  stage.Send(edit, EM_SETSEL, LONGEST, LONGEST)
}
const formatOf = (name: string) => (name === 'text' ? CF_UNICODETEXT : formatNamed(name))
const standOf = (name: string) => {
  const stand = stands.get(name)
  if (!stand) throw new Error(`no window of ${name}`)
  return stand
}
const isDown = (key: number) => (stage.GetKeyState(key) & 0x8000) !== 0

/** True for a key that this window has dealt with itself. */
function isTaken(name: string, { edit, keys }: Stand, key: number): boolean {
  const held = [SHIFT, CONTROL, ALT].filter(isDown)
  keys.push([...held, key].map((code) => code.toString(16)).join('+'))
  if (key === LETTER_A && held.length === 1 && isDown(CONTROL)) {
    stage.Send(edit, EM_SETSEL, 0, -1)
    return true
  }
  if (key !== ENTER) return false
  if (held.length > 0) return false
  submitted.push({ agent: name, text: textOf(edit) })
  setText(edit, '')
  return true
}

const message: { hwnd?: number; message?: number; wParam?: number } = {}
function pump(): void {
  while (thread.PeekMessage(message, 0, 0, 0, 1)) {
    const found = [...stands].find(([, { frame, edit }]) => [frame, edit].includes(Number(message.hwnd)))
    if (message.message === WM_KEYDOWN && found && isTaken(...found, Number(message.wParam))) continue
    stage.TranslateMessage(message)
    thread.DispatchMessage(message)
  }
}

/** What a test can ask of them. */
export const stageMethods = {
  pid: () => process.pid,
  level: () => integrityOf(process.pid, processes),
  open(name: string, kind: Kind, at: [number, number, number, number], title: string) {
    const frame = frameOf(title, 0, OVERLAPPED_VISIBLE, at)
    const editClass = kind === 'rich' ? 'RICHEDIT50W' : 'EDIT'
    const { width, height } = contentOf(frame)
    const edit = stage.CreateWindow(0, editClass, '', CHILD_EDIT, 0, 0, width, height, frame, 0, 0, 0)
    stage.Send(edit, EM_LIMITTEXT, LONGEST, 0)
    stands.set(name, { frame, edit, keys: [] })
    return frame
  },
  /** A window without an input; a hidden one where `isVisible` is false. */
  cover(title: string, at: [number, number, number, number], isTopmost: boolean, isVisible: boolean) {
    const frame = frameOf(title, isTopmost ? TOPMOST : 0, isVisible ? OVERLAPPED_VISIBLE : OVERLAPPED, at)
    covers.push(frame)
    return frame
  },
  /** As it began, but for these windows: they are only emptied. */
  reset(kept: readonly string[] = []) {
    for (const [name, { frame, edit, keys }] of stands) {
      keys.length = 0
      if (kept.includes(name)) setText(edit, '')
      else thread.DestroyWindow(frame)
    }
    for (const name of stands.keys()) if (!kept.includes(name)) stands.delete(name)
    for (const frame of covers.splice(0)) thread.DestroyWindow(frame)
    ;[button, answers] = [0, 0]
    submitted.length = 0
    heard.length = 0
    isListening = false
    meddle = () => undefined
    if (hook !== 0) stage.Unhook(hook)
    hook = 0
  },
  close: (window: number) => thread.DestroyWindow(window),
  closeOf: (name: string) => thread.DestroyWindow(standOf(name).frame),
  rectOf: (name: string) => contentOf(standOf(name).frame),
  move: (name: string, x: number, y: number) =>
    stage.SetWindowPos(standOf(name).frame, 0n, x, y, 0, 0, NO_SIZE | NO_ZORDER),
  minimize: (name: string) => windows.ShowWindowAsync(standOf(name).frame, 6),
  isMinimized: (name: string) => isMinimized(standOf(name).frame),
  /** A button over the input, and how often it was pressed. */
  showButton(name: string, isShown: boolean) {
    const { frame } = standOf(name)
    if (button !== 0) thread.DestroyWindow(button)
    const { width, height } = contentOf(frame)
    button = isShown
      ? stage.CreateWindow(0, 'BUTTON', 'Allow', CHILD_BUTTON, 0, height - 60, width, 60, frame, 0, 0, 0)
      : 0
    if (isShown) stage.SetWindowPos(button, 0n, 0, 0, 0, 0, NO_SIZE | NO_MOVE)
  },
  answers: () => answers,
  focus: (name: string) => windows.SetForegroundWindow(standOf(name).frame),
  retitle: (name: string, title: string) => stage.SetWindowText(standOf(name).frame, title),
  textOf: (name: string) => textOf(standOf(name).edit),
  setText: (name: string, text: string) => setText(standOf(name).edit, text),
  keysOf: (name: string) => standOf(name).keys,
  submitted: () => submitted,
  copy(text: string) {
    withClipboard(own, () => {
      clipboard.EmptyClipboard()
      putText(text)
    })
  },
  copyForms(forms: readonly (readonly [name: string, data: Buffer])[]) {
    withClipboard(own, () => {
      clipboard.EmptyClipboard()
      for (const [name, data] of forms) put(formatOf(name), data)
    })
  },
  /** In the order in which they are listed. */
  forms(names: readonly string[]) {
    const nameOf = new Map(names.map((name) => [formatOf(name), name]))
    return readAll(own).flatMap(([format, data]) => {
      const name = nameOf.get(format)
      return name === undefined ? [] : [[name, data]]
    })
  },
  read: () => readTextNow(own),
  /** Gives the focus to each of the windows in turn, over and over. */
  moveFocus(ids: readonly string[]) {
    let turn = 0
    meddle = () => void windows.SetForegroundWindow(Number(ids[(turn += 1) % ids.length]))
  },
  /** Has the focus for as long as a key is down, whoever pressed it, and gives it back before anybody looks again. */
  takeKeys(thief: string, victim: string) {
    beforeKey = (isDown) => {
      // A key that has not been looked at yet would be nobody's once its window has no focus any more.
      if (!isDown) pump()
      windows.SetForegroundWindow(Number(isDown ? thief : victim))
    }
    hook = stage.SetHook(KEYBOARD_HOOK, keyboardHook, 0, 0)
    if (hook === 0) throw new Error('no hook here')
  },
  /** Lets go of Ctrl over and over. */
  letGoOfModifiers: () => void (meddle = () => send([controlUp])),
  rest: () => void (meddle = () => undefined),
  /** As a reader or a scanner does. */
  holdOpen: (path: string) => void (heldFile = openToRead(path)),
  letGo: () => processes.CloseHandle(heldFile),
  /** As a program that looks at everything that is copied. */
  listen: (on: boolean) => void (isListening = on),
  heard: () => heard,
}

/** Answers the windows' messages for good, and calls of the test between them. */
export async function serveWindows(): Promise<never> {
  for (;;) {
    thread.Wait(0, null, 2, 0x4ff, 4)
    pump()
    meddle()
    await new Promise((resolve) => setImmediate(resolve))
  }
}
