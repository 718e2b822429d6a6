import { visible } from '../../contract/visible'
import type { RefObject } from 'react'
import type { Message } from '../../contract/message'
import { PERSON } from '../../contract/person'
import { Figure } from '../components/cells'
import { Heading } from '../components/heading'
import { QuietButton } from '../components/quiet-button'
import type { Choice } from '../components/use-choice'
import { VirtualList } from '../components/virtual-list'
import { firstLine, wholeSpan } from '../format'
import type { Live } from '../state/live'
import type { Run } from '../state/use-action'
import { useNow } from '../state/use-now'
import { texts } from '../texts'

interface AnswersProps {
  readonly live: Live
  readonly messages: readonly Message[]
  readonly choice: Choice
  readonly scroller: RefObject<HTMLElement | null>
  readonly run: Run
}

/** What agents have answered the person, until it is marked as read. */
export function Answers({ live, messages, choice, scroller, run }: AnswersProps) {
  const now = useNow(messages.length > 0 ? 1000 : undefined)
  if (messages.length === 0) return null
  // Those that are shown, and none that has come meanwhile.
  const markRead = () =>
    run(() => Promise.all(messages.map(({ id }) => live.call('message.take', { agent: PERSON, id }))))
  return (
    <>
      <Heading aside={<QuietButton onPress={markRead}>{texts.queue.markRead(messages.length)}</QuietButton>}>
        {texts.queue.answers}
      </Heading>
      <VirtualList
        label={texts.queue.answers}
        count={messages.length}
        choice={choice}
        scroller={scroller}
        keyAt={(index) => messages[index]?.id}
        renderRow={(index) => {
          const message = messages[index]
          return message ? (
            <>
              <span className="w-[104px] shrink-0 truncate font-semibold">{visible(message.from)}</span>
              <span className="min-w-0 flex-1 truncate text-soft">{firstLine(message.text)}</span>
              <Figure>{wholeSpan(now - Date.parse(message.createdAt))}</Figure>
            </>
          ) : null
        }}
      />
    </>
  )
}
