import koffi, { type LibraryHandle } from 'koffi'
import type { Point } from '../desktop'
import type { GuiThreadInfo, Input, WindowPlacement, WinRect } from './structs'
// The signatures name what is declared there.
import './structs'

// Windows' own interface, typed once. Handles are numbers; a call that fails answers with 0. Loaded on Windows only.

const user32 = koffi.load('user32.dll')
const kernel32 = koffi.load('kernel32.dll')
const gdi32 = koffi.load('gdi32.dll')
const advapi32 = koffi.load('advapi32.dll')
const dwmapi = koffi.load('dwmapi.dll')

/** The types stand beside the signature because the library takes that as a string. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
function call<A extends readonly unknown[], R>(from: LibraryHandle, signature: string): (...args: A) => R {
  return from.func(signature)
}

type Handle = number
type One<R = number> = [handle: Handle] extends infer A extends readonly unknown[] ? (...args: A) => R : never
const one = (from: LibraryHandle, signature: string): One => call(from, signature)

export const windows = {
  EnumWindows: call<[bigint, number], number>(user32, 'int __stdcall EnumWindows(EACHWINDOW *, intptr)'),
  IsWindowVisible: one(user32, 'int __stdcall IsWindowVisible(uintptr)'),
  IsIconic: one(user32, 'int __stdcall IsIconic(uintptr)'),
  GetWindowLong: call<[Handle, number], number>(user32, 'int32 __stdcall GetWindowLongW(uintptr, int)'),
  GetWindowText: call<[Handle, Buffer, number], number>(
    user32,
    'int __stdcall GetWindowTextW(uintptr, _Out_ void *, int)',
  ),
  GetClassName: call<[Handle, Buffer, number], number>(
    user32,
    'int __stdcall GetClassNameW(uintptr, _Out_ void *, int)',
  ),
  GetClientRect: call<[Handle, Partial<WinRect>], number>(
    user32,
    'int __stdcall GetClientRect(uintptr, _Out_ RECT *)',
  ),
  ClientToScreen: call<[Handle, Point], number>(
    user32,
    'int __stdcall ClientToScreen(uintptr, _Inout_ POINT *)',
  ),
  GetWindowThreadProcessId: call<[Handle, number[]], number>(
    user32,
    'uint32 __stdcall GetWindowThreadProcessId(uintptr, _Out_ uint32 *)',
  ),
  WindowFromPoint: call<[Point], Handle>(user32, 'uintptr __stdcall WindowFromPoint(POINT)'),
  GetWindowPlacement: call<[Handle, WindowPlacement], number>(
    user32,
    'int __stdcall GetWindowPlacement(uintptr, _Inout_ WINDOWPLACEMENT *)',
  ),
  AdjustWindowRect: call<[WinRect, number, number, number], number>(
    user32,
    'int __stdcall AdjustWindowRectEx(_Inout_ RECT *, uint32, int, uint32)',
  ),
  GetAncestor: call<[Handle, number], Handle>(user32, 'uintptr __stdcall GetAncestor(uintptr, uint32)'),
  GetForegroundWindow: call<[], Handle>(user32, 'uintptr __stdcall GetForegroundWindow()'),
  SetForegroundWindow: one(user32, 'int __stdcall SetForegroundWindow(uintptr)'),
  SetWindowPos: call<[Handle, Handle, number, number, number, number, number], number>(
    user32,
    'int __stdcall SetWindowPos(uintptr, uintptr, int, int, int, int, uint32)',
  ),
  ShowWindowAsync: call<[Handle, number], number>(user32, 'int __stdcall ShowWindowAsync(uintptr, int)'),
  AttachThreadInput: call<[number, number, number], number>(
    user32,
    'int __stdcall AttachThreadInput(uint32, uint32, int)',
  ),
  GetGUIThreadInfo: call<[number, GuiThreadInfo], number>(
    user32,
    'int __stdcall GetGUIThreadInfo(uint32, _Inout_ GUITHREADINFO *)',
  ),
  DwmGetWindowAttribute: call<[Handle, number, number[], number], number>(
    dwmapi,
    'int32 __stdcall DwmGetWindowAttribute(uintptr, uint32, _Out_ uint32 *, uint32)',
  ),
  SendMessageTimeout: call<[Handle, number, number, number, number, number, number[]], number>(
    user32,
    'intptr __stdcall SendMessageTimeoutW(uintptr, uint32, uintptr, intptr, uint32, uint32, _Out_ uintptr *)',
  ),
}

export const screen = {
  EnumDisplayMonitors: call<[number, null, bigint, number], number>(
    user32,
    'int __stdcall EnumDisplayMonitors(uintptr, void *, EACHMONITOR *, intptr)',
  ),
  GetSystemMetrics: call<[number], number>(user32, 'int __stdcall GetSystemMetrics(int)'),
  SetThreadDpiAwarenessContext: call<[number], number>(
    user32,
    'intptr __stdcall SetThreadDpiAwarenessContext(intptr)',
  ),
  GetDC: one(user32, 'uintptr __stdcall GetDC(uintptr)'),
  ReleaseDC: call<[Handle, Handle], number>(user32, 'int __stdcall ReleaseDC(uintptr, uintptr)'),
  CreateCompatibleDC: one(gdi32, 'uintptr __stdcall CreateCompatibleDC(uintptr)'),
  CreateCompatibleBitmap: call<[Handle, number, number], Handle>(
    gdi32,
    'uintptr __stdcall CreateCompatibleBitmap(uintptr, int, int)',
  ),
  SelectObject: call<[Handle, Handle], Handle>(gdi32, 'uintptr __stdcall SelectObject(uintptr, uintptr)'),
  DeleteObject: one(gdi32, 'int __stdcall DeleteObject(uintptr)'),
  DeleteDC: one(gdi32, 'int __stdcall DeleteDC(uintptr)'),
  BitBlt: call<[Handle, number, number, number, number, Handle, number, number, number], number>(
    gdi32,
    'int __stdcall BitBlt(uintptr, int, int, int, int, uintptr, int, int, uint32)',
  ),
  GetDIBits: call<[Handle, Handle, number, number, Buffer, object, number], number>(
    gdi32,
    'int __stdcall GetDIBits(uintptr, uintptr, uint32, uint32, _Out_ void *, _Inout_ BITMAPINFOHEADER *, uint32)',
  ),
  OpenInputDesktop: call<[number, number, number], Handle>(
    user32,
    'uintptr __stdcall OpenInputDesktop(uint32, int, uint32)',
  ),
  CloseDesktop: one(user32, 'int __stdcall CloseDesktop(uintptr)'),
}

export const input = {
  SendInput: call<[number, readonly Input[], number], number>(
    user32,
    'uint32 __stdcall SendInput(uint32, INPUT *, int)',
  ),
  GetCursorPos: call<[Partial<Point>], number>(user32, 'int __stdcall GetCursorPos(_Out_ POINT *)'),
  SetCursorPos: call<[number, number], number>(user32, 'int __stdcall SetCursorPos(int, int)'),
  GetCursorInfo: call<[object], number>(user32, 'int __stdcall GetCursorInfo(_Inout_ CURSORINFO *)'),
  LoadCursor: call<[number, number], Handle>(user32, 'uintptr __stdcall LoadCursorW(uintptr, uintptr)'),
  GetAsyncKeyState: call<[number], number>(user32, 'int16 __stdcall GetAsyncKeyState(int)'),
  MapVirtualKey: call<[number, number], number>(user32, 'uint32 __stdcall MapVirtualKeyW(uint32, uint32)'),
  GetLastInputInfo: call<[object], number>(user32, 'int __stdcall GetLastInputInfo(_Inout_ LASTINPUTINFO *)'),
  GetTickCount: call<[], number>(kernel32, 'uint32 __stdcall GetTickCount()'),
  GetStickyKeys: call<[number, number, object, number], number>(
    user32,
    'int __stdcall SystemParametersInfoW(uint32, uint32, _Inout_ STICKYKEYS *, uint32)',
  ),
  RegisterRawInputDevices: call<[readonly object[], number, number], number>(
    user32,
    'int __stdcall RegisterRawInputDevices(RAWINPUTDEVICE *, uint32, uint32)',
  ),
  GetRawInputData: call<[number, number, Buffer, number[], number], number>(
    user32,
    'uint32 __stdcall GetRawInputData(intptr, uint32, _Out_ void *, _Inout_ uint32 *, uint32)',
  ),
}

export const clipboard = {
  OpenClipboard: one(user32, 'int __stdcall OpenClipboard(uintptr)'),
  CloseClipboard: call<[], number>(user32, 'int __stdcall CloseClipboard()'),
  EmptyClipboard: call<[], number>(user32, 'int __stdcall EmptyClipboard()'),
  SetClipboardData: call<[number, Handle], Handle>(
    user32,
    'uintptr __stdcall SetClipboardData(uint32, uintptr)',
  ),
  GetClipboardData: call<[number], Handle>(user32, 'uintptr __stdcall GetClipboardData(uint32)'),
  EnumClipboardFormats: call<[number], number>(user32, 'uint32 __stdcall EnumClipboardFormats(uint32)'),
  GetOpenClipboardWindow: call<[], Handle>(user32, 'uintptr __stdcall GetOpenClipboardWindow()'),
  GetClipboardOwner: call<[], Handle>(user32, 'uintptr __stdcall GetClipboardOwner()'),
  GetClipboardSequenceNumber: call<[], number>(user32, 'uint32 __stdcall GetClipboardSequenceNumber()'),
  AddClipboardFormatListener: one(user32, 'int __stdcall AddClipboardFormatListener(uintptr)'),
  RegisterClipboardFormat: call<[string], number>(user32, 'uint32 __stdcall RegisterClipboardFormatW(str16)'),
  GlobalAlloc: call<[number, number], Handle>(kernel32, 'uintptr __stdcall GlobalAlloc(uint32, size_t)'),
  GlobalLock: call<[Handle], unknown>(kernel32, 'void * __stdcall GlobalLock(uintptr)'),
  GlobalUnlock: one(kernel32, 'int __stdcall GlobalUnlock(uintptr)'),
  GlobalSize: one(kernel32, 'size_t __stdcall GlobalSize(uintptr)'),
  copyIn: call<[unknown, Buffer, number], void>(
    kernel32,
    'void __stdcall RtlMoveMemory(void *, const void *, size_t)',
  ),
}

export const thread = {
  RegisterClass: call<[object], number>(user32, 'uint16 __stdcall RegisterClassW(WNDCLASSW *)'),
  CreateWindow: call<
    [number, string, string, number, number, number, number, number, bigint, number, number, number],
    Handle
  >(
    user32,
    'uintptr __stdcall CreateWindowExW(uint32, str16, str16, uint32, int, int, int, int, uintptr, uintptr, uintptr, uintptr)',
  ),
  DestroyWindow: one(user32, 'int __stdcall DestroyWindow(uintptr)'),
  DefWindowProc: call<[Handle, number, number, number], number>(
    user32,
    'intptr __stdcall DefWindowProcW(uintptr, uint32, uintptr, intptr)',
  ),
  PeekMessage: call<[object, number, number, number, number], number>(
    user32,
    'int __stdcall PeekMessageW(_Out_ MSG *, uintptr, uint32, uint32, uint32)',
  ),
  DispatchMessage: call<[object], number>(user32, 'intptr __stdcall DispatchMessageW(MSG *)'),
  Wait: call<[number, null, number, number, number], number>(
    user32,
    'uint32 __stdcall MsgWaitForMultipleObjectsEx(uint32, void *, uint32, uint32, uint32)',
  ),
  SetWinEventHook: call<[number, number, number, bigint, number, number, number], number>(
    user32,
    'uintptr __stdcall SetWinEventHook(uint32, uint32, uintptr, ONEVENT *, uint32, uint32, uint32)',
  ),
  GetCurrentThreadId: call<[], number>(kernel32, 'uint32 __stdcall GetCurrentThreadId()'),
}

export const processes = {
  OpenProcess: call<[number, number, number], Handle>(
    kernel32,
    'uintptr __stdcall OpenProcess(uint32, int, uint32)',
  ),
  CloseHandle: one(kernel32, 'int __stdcall CloseHandle(uintptr)'),
  QueryFullProcessImageName: call<[Handle, number, Buffer, number[]], number>(
    kernel32,
    'int __stdcall QueryFullProcessImageNameW(uintptr, uint32, _Out_ void *, _Inout_ uint32 *)',
  ),
  OpenProcessToken: call<[Handle, number, number[]], number>(
    advapi32,
    'int __stdcall OpenProcessToken(uintptr, uint32, _Out_ uintptr *)',
  ),
  GetTokenInformation: call<[Handle, number, Buffer, number, number[]], number>(
    advapi32,
    'int __stdcall GetTokenInformation(uintptr, int, _Out_ void *, uint32, _Out_ uint32 *)',
  ),
}
