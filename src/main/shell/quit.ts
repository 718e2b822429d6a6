import { app } from 'electron'
import type { Log } from '../log'

/** A delivery past its submit key may look for this long whether it worked; then the app ends all the same. */
const LONGEST_GOODBYE_MS = 8000

/** Lets `close` end before the app does, however the end was asked for: the menu, a signal, the session's end. */
export function closeBeforeQuitting(close: () => Promise<void>, log: Log): void {
  let isClosing = false
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (isClosing) return
    isClosing = true
    const late = setTimeout(() => {
      log.error('Waggle could not end in time; what waits is safe on disk')
      app.exit(1)
    }, LONGEST_GOODBYE_MS)
    close()
      .catch((error: unknown) => log.error(`Waggle did not end cleanly: ${String(error)}`))
      .finally(() => {
        clearTimeout(late)
        app.exit(0)
      })
      .catch(() => undefined)
  })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit())
}
