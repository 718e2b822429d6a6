import koffi from 'koffi'

/** What Windows' calls are handed, as its headers lay it out. The names are known to the signatures in calls.ts. */

export interface WinRect {
  left: number
  top: number
  right: number
  bottom: number
}

export const emptyRect = (): WinRect => ({ left: 0, top: 0, right: 0, bottom: 0 })

export interface KeyInput {
  readonly wVk: number
  readonly wScan: number
  readonly dwFlags: number
  readonly time: number
  readonly extra: number
}

export interface MouseInput {
  readonly dx: number
  readonly dy: number
  readonly mouseData: number
  readonly dwFlags: number
  readonly time: number
  readonly extra: number
}

export type Input =
  | { readonly type: 0; readonly u: { readonly mi: MouseInput } }
  | { readonly type: 1; readonly u: { readonly ki: KeyInput } }

export interface GuiThreadInfo {
  cbSize: number
  flags: number
  focus: number
}

export interface WindowPlacement {
  length: number
  normal: WinRect
}

const RECT = koffi.struct('RECT', { left: 'int32', top: 'int32', right: 'int32', bottom: 'int32' })
const POINT = koffi.struct('POINT', { x: 'int32', y: 'int32' })
koffi.struct('MSG', {
  hwnd: 'uintptr',
  message: 'uint32',
  wParam: 'uintptr',
  lParam: 'intptr',
  time: 'uint32',
  pt: POINT,
  lPrivate: 'uint32',
})
const KEYBDINPUT = koffi.struct('KEYBDINPUT', {
  wVk: 'uint16',
  wScan: 'uint16',
  dwFlags: 'uint32',
  time: 'uint32',
  extra: 'uintptr',
})
const MOUSEINPUT = koffi.struct('MOUSEINPUT', {
  dx: 'int32',
  dy: 'int32',
  mouseData: 'uint32',
  dwFlags: 'uint32',
  time: 'uint32',
  extra: 'uintptr',
})
const INPUT = koffi.struct('INPUT', {
  type: 'uint32',
  u: koffi.union('INPUTUNION', { mi: MOUSEINPUT, ki: KEYBDINPUT }),
})
const GUITHREADINFO = koffi.struct('GUITHREADINFO', {
  cbSize: 'uint32',
  flags: 'uint32',
  active: 'uintptr',
  focus: 'uintptr',
  capture: 'uintptr',
  menuOwner: 'uintptr',
  moveSize: 'uintptr',
  caret: 'uintptr',
  caretRect: RECT,
})
const WINDOWPLACEMENT = koffi.struct('WINDOWPLACEMENT', {
  length: 'uint32',
  flags: 'uint32',
  show: 'uint32',
  minimum: POINT,
  maximum: POINT,
  normal: RECT,
})
const LASTINPUTINFO = koffi.struct('LASTINPUTINFO', { cbSize: 'uint32', time: 'uint32' })
const CURSORINFO = koffi.struct('CURSORINFO', {
  cbSize: 'uint32',
  flags: 'uint32',
  cursor: 'uintptr',
  pt: POINT,
})
const RAWINPUTDEVICE = koffi.struct('RAWINPUTDEVICE', {
  page: 'uint16',
  usage: 'uint16',
  flags: 'uint32',
  target: 'uintptr',
})
const STICKYKEYS = koffi.struct('STICKYKEYS', { cbSize: 'uint32', flags: 'uint32' })
const BITMAPINFOHEADER = koffi.struct('BITMAPINFOHEADER', {
  size: 'uint32',
  width: 'int32',
  height: 'int32',
  planes: 'uint16',
  bitCount: 'uint16',
  compression: 'uint32',
  sizeImage: 'uint32',
  xPels: 'int32',
  yPels: 'int32',
  used: 'uint32',
  important: 'uint32',
})
export const WNDPROC = koffi.proto(
  'intptr __stdcall WNDPROC(uintptr window, uint32 message, uintptr wParam, intptr lParam)',
)
export const EACHWINDOW = koffi.proto('int __stdcall EACHWINDOW(uintptr window, intptr data)')
export const ONEVENT = koffi.proto(
  'void __stdcall ONEVENT(uintptr hook, uint32 event, uintptr window, int32 object, int32 child, uint32 thread, uint32 time)',
)
export const EACHMONITOR = koffi.proto(
  'int __stdcall EACHMONITOR(uintptr monitor, uintptr dc, RECT *rect, intptr data)',
)
koffi.struct('WNDCLASSW', {
  style: 'uint32',
  procedure: koffi.pointer(WNDPROC),
  classExtra: 'int',
  windowExtra: 'int',
  instance: 'uintptr',
  icon: 'uintptr',
  cursor: 'uintptr',
  background: 'uintptr',
  menu: 'str16',
  name: 'str16',
})

/** In bytes: most of these begin with it. */
export const sizes = {
  INPUT: koffi.sizeof(INPUT),
  WINDOWPLACEMENT: koffi.sizeof(WINDOWPLACEMENT),
  GUITHREADINFO: koffi.sizeof(GUITHREADINFO),
  LASTINPUTINFO: koffi.sizeof(LASTINPUTINFO),
  CURSORINFO: koffi.sizeof(CURSORINFO),
  RAWINPUTDEVICE: koffi.sizeof(RAWINPUTDEVICE),
  STICKYKEYS: koffi.sizeof(STICKYKEYS),
  BITMAPINFOHEADER: koffi.sizeof(BITMAPINFOHEADER),
}
