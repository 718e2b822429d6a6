import type { MessageDetail } from '../../contract/message'
import type { Live } from './live'
import { useLookedUp, type LookedUp } from './use-looked-up'

/** One message with its attempts wherever it is, kept current; undefined until it has come. */
export function useMessage(live: Live, id: string | undefined): MessageDetail | undefined {
  return useLookedUp(live, id, message)
}

const message: LookedUp<MessageDetail> = {
  look: ({ call }, id) => call('message.get', { id }),
  concerns: (changed, id) => changed.id === id,
}
