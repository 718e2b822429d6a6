import koffi from 'koffi'
import { ClipboardUnread } from '../clipboard-unread'
import { clipboard, windows } from './calls'
import { answerWaiting } from './message-window'

// What is on Windows' clipboard, read and written while it is open. Only one program can have it open at a time.

export const CF_UNICODETEXT = 13
/** Handles of the graphics system's, which no other program's bytes stand behind; the system makes a bitmap from CF_DIB again. */
const GRAPHICS = [2, 3, 9, 14]
const [OWNER_DRAWN, FIRST_PRIVATE, LAST_GRAPHICS] = [0x80, 0x200, 0x3ff] as const
const MOVEABLE_ZEROED = 0x42
const [ABORT_IF_HUNG, OWNER_MS] = [2, 500] as const
const [OPEN_TRIES, OPEN_PAUSE_MS] = [150, 2] as const

/** One format and its bytes, as they were. */
export type Kept = readonly [format: number, data: Buffer]

export function formatNamed(name: string): number {
  return clipboard.RegisterClipboardFormat(name)
}

/** Opens it for that window, also when another program has it open for a moment. Throws {@link ClipboardUnread} when that lasts. */
export function withClipboard<T>(window: number, use: () => T): T {
  for (let tries = 0; !clipboard.OpenClipboard(window); tries += 1) {
    if (tries === OPEN_TRIES)
      throw new ClipboardUnread('Another program keeps the clipboard open, so nothing can be put on it.')
    // Whoever has it open may be waiting for a text of ours.
    answerWaiting()
    pause(OPEN_PAUSE_MS)
  }
  try {
    return use()
  } finally {
    clipboard.CloseClipboard()
  }
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

/** Every format that is bytes, in their order. Throws {@link ClipboardUnread} where its owner answers nothing. */
export function readAll(window: number): Kept[] {
  const owner = clipboard.GetClipboardOwner()
  // Whoever has only promised the data would be waited for without an end.
  if (
    owner !== 0 &&
    owner !== window &&
    !windows.SendMessageTimeout(owner, 0, 0, 0, ABORT_IF_HUNG, OWNER_MS, [0])
  )
    throw new ClipboardUnread('The program that has copied last does not hand over what it has copied.')
  return withClipboard(window, () => {
    const all: Kept[] = []
    for (let format = 0; (format = clipboard.EnumClipboardFormats(format)) !== 0;) {
      if (GRAPHICS.includes(format)) continue
      if ((format >= OWNER_DRAWN && format < 0xc0) || (format >= FIRST_PRIVATE && format <= LAST_GRAPHICS))
        continue
      const data = bytesOf(clipboard.GetClipboardData(format))
      if (data) all.push([format, data])
    }
    return all
  })
}

export function put(format: number, data: Buffer): void {
  const memory = clipboard.GlobalAlloc(MOVEABLE_ZEROED, Math.max(data.length, 1))
  clipboard.copyIn(clipboard.GlobalLock(memory), data, data.length)
  clipboard.GlobalUnlock(memory)
  clipboard.SetClipboardData(format, memory)
}

/** Windows' programs end their lines with two characters and the text with a zero. */
export function putText(text: string): void {
  put(CF_UNICODETEXT, Buffer.from(`${text.replaceAll(/\r?\n/g, '\r\n')}\0`, 'utf16le'))
}

/** Empty where there is none. */
export function readTextNow(window: number): string {
  const data = withClipboard(window, () => bytesOf(clipboard.GetClipboardData(CF_UNICODETEXT)))
  const text = data?.toString('utf16le') ?? ''
  const end = text.indexOf('\0')
  return (end === -1 ? text : text.slice(0, end)).replaceAll('\r\n', '\n')
}

/** Behind a head that says in bytes where it begins and ends. */
export function readHtmlNow(window: number): string {
  const format = formatNamed('HTML Format')
  const data = withClipboard(window, () => bytesOf(clipboard.GetClipboardData(format)))
  if (!data) return ''
  const head = data.toString('latin1', 0, 300)
  const place = (name: string) => Number(new RegExp(`${name}:(\\d+)`).exec(head)?.[1] ?? 0)
  return data.toString('utf8', place('StartHTML'), place('EndHTML') || data.length)
}

function bytesOf(memory: number): Buffer | undefined {
  const start = memory === 0 ? undefined : clipboard.GlobalLock(memory)
  if (!start) return undefined
  try {
    const size = clipboard.GlobalSize(memory)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the array's type says
    return Buffer.from(koffi.decode(start, koffi.array('uint8', size)) as Uint8Array)
  } finally {
    clipboard.GlobalUnlock(memory)
  }
}
