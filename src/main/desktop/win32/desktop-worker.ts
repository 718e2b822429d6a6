import { parentPort, receiveMessageOnPort } from 'node:worker_threads'
import type { Call, Reply } from '../worker-talk'
import { thread } from './calls'
import { openWin32Desktop } from './desktop'
import { pumpNext } from './message-window'

// The Win32 desktop's thread. It sleeps in the system's own wait and never comes back to Node's loop, so whoever pastes is
// answered at once: docs/decisions/windows.md. Everything on it is therefore done without a promise.

/** Nothing needs it; it bounds what a lost message could cost. */
const SLEEP_MS = 1000

const say = (reply: Reply): void => parentPort?.postMessage(reply)

try {
  serve()
} catch (error) {
  say({ lost: `A part of Waggle has failed (${sentence(error)}).`, left: [] })
}
process.exit()

function serve(): void {
  const desktop = openWin32Desktop((offer, state) => say({ offer, state }))
  say({ ready: true, window: desktop.window })
  for (;;) {
    for (const call of calls()) {
      if (call.method === 'close') return void thread.DestroyWindow(desktop.window)
      say(reply(call, desktop.answer))
    }
    pumpNext(SLEEP_MS)
  }
}

function* calls(): Generator<Call> {
  for (;;) {
    const received = parentPort ? receiveMessageOnPort(parentPort) : undefined
    if (!received) return
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what worker-calls.ts has sent
    yield received.message as Call
  }
}

function reply(call: Call, answer: (call: Call) => unknown): Reply {
  try {
    return { id: call.id, result: answer(call) }
  } catch (error) {
    return { id: call.id, error: sentence(error), name: error instanceof Error ? error.name : '' }
  }
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
