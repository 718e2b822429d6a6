import { errorCodes } from '../contract/errors'
import type { Message } from '../contract/message'
import { Refusal } from '../client/errors'
import type { Context } from './context'
import { exitCodes } from './exit-codes'
import { outcomeLine } from './format'

/**
 * Waits for the answer to a message, prints it and returns it; a message that ends without having been delivered is told
 * instead, and sets the exit code, as a wait does that is over.
 */
export async function waitForReply(
  context: Context,
  { id }: Pick<Message, 'id'>,
  timeoutMs: number | undefined,
  tellsEnd: boolean,
): Promise<Message | Pick<Message, 'id'>> {
  const client = await context.client()
  const limit = timeoutMs !== undefined && { timeoutMs }
  const reply = client.call('message.wait', { id, for: 'reply', take: true, ...limit })
  // The one that comes first is told; what becomes of the other then is of no interest.
  reply.catch(() => undefined)
  try {
    const ended = await Promise.race([client.call('message.wait', { id, ...limit }), reply])
    const isReply = ended.id !== id
    const isDelivered = isReply || ended.state === 'delivered' || ended.state === 'in-doubt'
    if (!isReply && !context.json && (tellsEnd || !isDelivered)) context.print(outcomeLine(ended))
    if (!isDelivered) {
      context.setExitCode(exitCodes.notDelivered)
      return ended
    }
    const answer = await reply
    if (!context.json) context.print(answer.text)
    return answer
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== errorCodes.timedOut) throw error
    context.complain(`${id} has not been answered yet. An answer that comes later: waggle thread ${id}`)
    context.setExitCode(exitCodes.tryLater)
    return { id }
  }
}
