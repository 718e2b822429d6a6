import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js'
import type { ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js'

export type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>

/** Clients that hear of progress wait on; some give up after a minute without. */
const TELL_MS = 5000

/** Does something that takes its time; the client hears how far it is, where it wants to, and that it still goes on. */
export async function longWait<T>(
  { sendNotification, _meta }: Pick<Extra, 'sendNotification' | '_meta'>,
  totalMs: number,
  work: (tell: (message: string) => void) => Promise<T>,
): Promise<T> {
  const token = _meta?.progressToken
  if (token === undefined) return work(() => undefined)
  const began = performance.now()
  let last = 0
  const tell = (message: string) => {
    // Progress only ever grows.
    last = Math.max(last + 0.001, (performance.now() - began) / 1000)
    const params = { progressToken: token, progress: last, total: Math.max(last, totalMs / 1000), message }
    // A client that has gone hears of nothing any more.
    sendNotification({ method: 'notifications/progress', params }).catch(() => undefined)
  }
  const timer = setInterval(() => tell('still waiting'), TELL_MS)
  try {
    return await work(tell)
  } finally {
    clearInterval(timer)
  }
}
