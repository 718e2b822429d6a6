import { Worker } from 'node:worker_threads'
import type { Clock } from '../../clock'
import type { Desktop } from '../desktop'
import { openDesktopInWorker } from '../desktop-in-worker'
import type { NamedForm } from './contents'

/** What a worker is begun with. */
export interface Beginning {
  readonly display: string
  readonly left: readonly NamedForm[]
}

/**
 * The X server's desktop in a thread of its own. Electron's main thread asks the X server, too, and waits for each
 * answer: for a clipboard of ours, which this very thread would have to give (it then stood still for seconds), or while
 * we hold other programs still (for ever). Nor do the answers to a paste wait for the database.
 */
export async function openX11InWorker(
  worker: URL | string,
  display: string,
  clock: Pick<Clock, 'wait'>,
): Promise<Desktop> {
  return openDesktopInWorker({
    open(left) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the thread before it has left
      const workerData = { display, left: left as Beginning['left'] } satisfies Beginning
      return new Worker(worker, { workerData })
    },
    clock,
  })
}
