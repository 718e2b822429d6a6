import { Worker } from 'node:worker_threads'
import type { Clock } from '../../clock'
import type { Desktop } from '../desktop'
import { openDesktopInWorker } from '../desktop-in-worker'

/** As the thread knows it (desktop.ts), which this side must not load. */
const WAKE = 0x8001

/** Windows' desktop in a thread of its own, which serves window messages and nothing else. On Windows only. */
export async function openWin32InWorker(worker: URL | string, clock: Pick<Clock, 'wait'>): Promise<Desktop> {
  const { load } = await import('koffi')
  const post = load('user32.dll').func('int __stdcall PostMessageW(uintptr, uint32, uintptr, intptr)')
  return openDesktopInWorker({
    open: () => new Worker(worker),
    wake: (window) => void post(window, WAKE, 0, 0),
    clock,
  })
}
