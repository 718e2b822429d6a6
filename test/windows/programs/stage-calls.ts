import koffi from 'koffi'
import '../../../src/main/desktop/win32/structs'

// What a window of a test needs beyond what Waggle itself asks Windows for.

const user32 = koffi.load('user32.dll')
const kernel32 = koffi.load('kernel32.dll')

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- beside the signature, which is a string
function call<A extends readonly unknown[], R = number>(signature: string): (...args: A) => R {
  return user32.func(signature)
}

export const HOOKPROC = koffi.proto('intptr __stdcall HOOKPROC(int code, uintptr wParam, intptr lParam)')

export const stage = {
  SetHook: call<[number, bigint, number, number]>(
    'uintptr __stdcall SetWindowsHookExW(int, HOOKPROC *, uintptr, uint32)',
  ),
  Unhook: call<[number]>('int __stdcall UnhookWindowsHookEx(uintptr)'),
  SendText: call<[number, number, number, string]>(
    'intptr __stdcall SendMessageW(uintptr, uint32, uintptr, str16)',
  ),
  ReadText: call<[number, number, number, Buffer]>(
    'intptr __stdcall SendMessageW(uintptr, uint32, uintptr, _Out_ void *)',
  ),
  Send: call<[number, number, number, number]>(
    'intptr __stdcall SendMessageW(uintptr, uint32, uintptr, intptr)',
  ),
  SetWindowPos: call<[number, bigint, number, number, number, number, number]>(
    'int __stdcall SetWindowPos(uintptr, uintptr, int, int, int, int, uint32)',
  ),
  SetWindowText: call<[number, string]>('int __stdcall SetWindowTextW(uintptr, str16)'),
  SetFocus: call<[number]>('uintptr __stdcall SetFocus(uintptr)'),
  GetFocus: call<[]>('uintptr __stdcall GetFocus()'),
  GetKeyState: call<[number]>('int16 __stdcall GetKeyState(int)'),
  CreateWindow: call<
    [number, string, string, number, number, number, number, number, number, number, number, number]
  >(
    'uintptr __stdcall CreateWindowExW(uint32, str16, str16, uint32, int, int, int, int, uintptr, uintptr, uintptr, uintptr)',
  ),
  TranslateMessage: call<[object]>('int __stdcall TranslateMessage(MSG *)'),
}

/** Opens a file to read it as most programs do: nobody may remove or replace it until it is let go. */
export const openToRead: (path: string) => number = (path) => openFile(path, 0x80000000, 3, 0, 3, 0, 0)
const openFile = kernel32.func(
  'intptr __stdcall CreateFileW(str16, uint32, uint32, uintptr, uint32, uint32, uintptr)',
) as unknown as (...args: [string, number, number, number, number, number, number]) => number

export function loadRichEdit(): void {
  const load = kernel32.func('uintptr __stdcall LoadLibraryW(str16)') as unknown as (name: string) => number
  if (!load('msftedit.dll')) throw new Error('no rich edit here')
}
