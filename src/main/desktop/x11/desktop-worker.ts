import { parentPort, workerData } from 'node:worker_threads'
import type { Call, Reply } from '../worker-talk'
import type { Beginning } from './open-in-worker'
import { GONE, openX11Desktop, type X11Desktop } from './desktop'
import { WatchedOffer } from '../watched-offer'

// The desktop in a thread of its own: see open-in-worker.ts for why.

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what open-in-worker.ts began it with
const { display, left } = workerData as Beginning
const say = (reply: Reply): void => parentPort?.postMessage(reply)

try {
  const desktop = await openX11Desktop(display, left)
  const end = (lost: string): void => say({ lost, left: desktop.left() })
  desktop.onEnd(() => end(GONE))
  process.on('uncaughtException', (error) => end(`A part of Waggle has failed (${sentence(error)}).`))
  serve(desktop)
  say({ ready: true })
} catch (error) {
  say({ failed: sentence(error) })
}

function serve(desktop: X11Desktop): void {
  const restores = new Map<number, () => Promise<void>>()

  const answer = async ({ id, method, args }: Call): Promise<unknown> => {
    if (method === 'restoreClipboard') return restores.get(Number(args[0]))?.()
    if (method === 'keepClipboard') {
      restores.clear()
      restores.set(id, await desktop.keepClipboard())
      return undefined
    }
    const result = await call(method, args)
    if (!(result instanceof WatchedOffer)) return result
    result.watch((state) => say({ offer: id, state }))
    return undefined
  }
  const call = async (method: keyof typeof desktop, args: readonly unknown[]): Promise<unknown> =>
    Reflect.apply(desktop[method], desktop, args)

  parentPort?.on('message', (message: Call) => {
    answer(message).then(
      (result) => say({ id: message.id, result }),
      (error: unknown) => say({ id: message.id, error: sentence(error), name: nameOf(error) }),
    )
  })
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : ''
}
