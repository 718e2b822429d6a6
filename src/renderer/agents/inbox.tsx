import { useEffect, useState } from 'react'
import type { Message } from '../../contract/message'
import { visible } from '../../contract/visible'
import { Figure } from '../components/cells'
import { firstLine, wholeSpan } from '../format'
import type { Call } from '../state/call'
import { useNow } from '../state/use-now'
import { agentTexts } from '../texts/agents'
import { CommandLine, quoted } from './command-line'

const texts = agentTexts.inbox

/** So many are shown; the count says how many there are. */
const SHOWN = 8

interface InboxProps {
  readonly name: string
  /** How many lie in it. */
  readonly count: number
  readonly call: Call
}

/** What waits in the inbox of an agent without a window, as it will be handed out, and how it is taken. */
export function Inbox({ name, count, call }: InboxProps) {
  const [messages, setMessages] = useState<readonly Message[]>([])
  const now = useNow(count > 0 ? 1000 : undefined)
  useEffect(() => {
    if (count === 0) return undefined
    let isOver = false
    const show = (found: { readonly messages: readonly Message[] }) => !isOver && setMessages(found.messages)
    // What cannot be read now is looked at again at the next change.
    call('message.list', { order: 'delivery', to: name, limit: Math.min(count, SHOWN) }).then(
      show,
      () => undefined,
    )
    return () => {
      isOver = true
    }
  }, [call, name, count])
  return (
    <section aria-label={texts.title} className="flex flex-col gap-1.5">
      <h3 className="flex justify-between text-[12px] font-medium text-faint">
        {texts.title}
        {count > SHOWN ? <span className="font-normal">{texts.first(SHOWN, count)}</span> : null}
      </h3>
      {count === 0 ? <p className="text-soft">{texts.empty}</p> : null}
      <ol className="border-line not-empty:border-t">
        {messages.slice(0, count).map(({ id, from, text, createdAt }) => (
          <li key={id} className="flex items-baseline gap-2.5 border-b border-line py-1">
            <span className="w-[84px] shrink-0 truncate font-semibold">{visible(from)}</span>
            <span className="min-w-0 flex-1 truncate text-soft" title={visible(text)}>
              {firstLine(text)}
            </span>
            <Figure width="w-[46px]">{wholeSpan(now - Date.parse(createdAt))}</Figure>
          </li>
        ))}
      </ol>
      <p className="mt-1 text-[12px] text-faint">{texts.how}</p>
      <CommandLine>{texts.command(quoted(name))}</CommandLine>
    </section>
  )
}
