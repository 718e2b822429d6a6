import { useEffect, useState } from 'react'
import type { Message, MessageDetail } from '../../contract/message'
import { Word } from '../components/cells'
import { toneOf } from '../components/tone'
import { CloseButton } from '../components/close-button'
import { clockTime } from '../format'
import type { Live } from '../state/live'
import { stateWords, texts } from '../texts'
import { Attempts } from './attempts'
import { MessageActions } from './message-actions'

interface MessageDetailPaneProps {
  readonly live: Live
  readonly message: Message
  onClose(): void
}

/** The whole message: its text, why it stands as it does, what can be done, and every attempt. */
export function MessageDetailPane({ live, message, onClose }: MessageDetailPaneProps) {
  const attempts = useAttempts(live, message.id)
  return (
    <section
      aria-label={message.to}
      className="selectable mt-1 mb-3.5 flex h-[max(42%,190px)] min-h-[96px] flex-col overflow-y-auto rounded-[11px] border border-line bg-panel px-4 py-3 wide:mt-4 wide:h-auto wide:w-[400px] wide:shrink-0"
    >
      <div className="flex items-baseline gap-2.5">
        <span className="truncate font-semibold">{message.to}</span>
        <span className="truncate text-faint">{texts.queue.from(message.from)}</span>
        <Word tone={toneOf(message)}>{stateWords(message)}</Word>
        <CloseButton onPress={onClose} />
      </div>
      <p className="my-2 break-words whitespace-pre-wrap text-text">{message.text}</p>
      {message.failure ? <p className="mb-2 text-soft">{message.failure.message}</p> : null}
      <MessageActions live={live} message={message} />
      <Attempts attempts={attempts} />
      <p className="mt-2 text-[11.5px] text-faint">{facts(message)}</p>
    </section>
  )
}

function facts({ createdAt, submit, expiresAt, id }: Message): string {
  const parts = [
    texts.detail.sentAt(clockTime(createdAt)),
    submit ? undefined : texts.detail.notSubmitted,
    expiresAt === undefined ? undefined : texts.detail.expires(clockTime(expiresAt)),
    id,
  ]
  return parts.filter((part) => part !== undefined).join(' · ')
}

/** Its attempts, asked for again whenever the message changes. */
function useAttempts(live: Live, id: string): MessageDetail['attempts'] {
  const [known, setKnown] = useState<MessageDetail['attempts']>([])
  useEffect(() => {
    let wanted = true
    const look = async () => {
      try {
        const { attempts } = await live.call('message.get', { id })
        if (wanted) setKnown(attempts)
      } catch {
        // The message went away between two looks; the list that shows it tells.
      }
    }
    const stop = live.onEvent((event) => {
      if (event.type === 'message' && event.message.id === id) void look()
    })
    void look()
    return () => {
      wanted = false
      stop()
    }
  }, [live, id])
  return known
}
