/** Why a delivery is stopped at once: nothing is to be typed, clicked or moved any more, and nothing cleared up. */
export class HandsOff extends Error {
  override readonly name = 'HandsOff'

  constructor() {
    super('The delivery was stopped.')
  }
}

/** As what was asked for, unless the signal aborts before: then it rejects with its reason. For looks, which may go on unheard. */
export function unlessAborted<T>(looking: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
    looking.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
