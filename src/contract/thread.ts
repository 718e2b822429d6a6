import type { Message } from './message'

/** An exchange in its order, each message with how deep it stands under the first. */
export function withDepths<M extends Pick<Message, 'id' | 'replyTo'>>(
  messages: readonly M[],
): readonly { readonly message: M; readonly depth: number }[] {
  const depths = new Map<string, number>()
  return messages.map((message) => {
    const above = message.replyTo === undefined ? undefined : depths.get(message.replyTo)
    const depth = above === undefined ? 0 : above + 1
    depths.set(message.id, depth)
    return { message, depth }
  })
}
