import koffi from 'koffi'
import { threadId } from 'node:worker_threads'
import { thread } from './calls'
import { WNDPROC } from './structs'

const MESSAGE_ONLY = 0xfffffffffffffffdn
const ALL_INPUT = 0x4ff
const INPUT_AVAILABLE = 4
const [KEEP, REMOVE] = [0, 1] as const

/** What a message is answered with; undefined leaves it to the system. */
export type OnMessage = (message: number, wParam: number, lParam: number) => number | undefined

/** A window of this thread's that nobody sees: it owns the clipboard and hears of input. */
export function openMessageWindow(onMessage: OnMessage): number {
  // Classes belong to the process: a second thread with the same name would have its messages answered by the first.
  const name = `Waggle-${process.pid}-${threadId}`
  const procedure = koffi.register((window: number, message: number, wParam: number, lParam: number) => {
    const answer = onMessage(message, wParam, lParam)
    return answer ?? thread.DefWindowProc(window, message, wParam, lParam)
  }, koffi.pointer(WNDPROC))
  thread.RegisterClass({
    style: 0,
    procedure,
    classExtra: 0,
    windowExtra: 0,
    instance: 0,
    icon: 0,
    cursor: 0,
    background: 0,
    menu: null,
    name,
  })
  const window = thread.CreateWindow(0, name, name, 0, 0, 0, 0, 0, MESSAGE_ONLY, 0, 0, 0)
  if (window === 0) throw new Error('Windows gave Waggle no window to own the clipboard with')
  return window
}

const message = {}

/** Answers what has been sent to this thread's windows until now. */
export function pump(): void {
  while (thread.PeekMessage(message, 0, 0, 0, REMOVE)) thread.DispatchMessage(message)
}

/** Answers programs that stand still until this thread has answered them; what was only posted stays for later. */
export function answerWaiting(): void {
  thread.PeekMessage(message, 0, 0, 0, KEEP)
}

/** Sleeps until something is sent here, at most so many ms, and answers it. */
export function pumpNext(ms: number): void {
  thread.Wait(0, null, ms, ALL_INPUT, INPUT_AVAILABLE)
  pump()
}

/** Goes on answering until that holds; false when it did not within so many ms. */
export function pumpUntil(holds: () => boolean, deadlineMs: number): boolean {
  const end = performance.now() + deadlineMs
  for (;;) {
    if (holds()) return true
    if (performance.now() > end) return false
    pumpNext(2)
  }
}
