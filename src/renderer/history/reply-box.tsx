import { useId, useState, type KeyboardEvent } from 'react'
import type { Message } from '../../contract/message'
import { PERSON } from '../../contract/person'
import { Notice } from '../components/notice'
import type { Live } from '../state/live'
import { useAction } from '../state/use-action'
import { texts } from '../texts'

interface ReplyBoxProps {
  readonly live: Live
  readonly message: Pick<Message, 'id' | 'from'>
  onDone(): void
}

/** A line to answer a message by: Enter sends it to whoever sent the message, Escape closes it. */
export function ReplyBox({ live, message: { id, from }, onDone }: ReplyBoxProps) {
  const field = useId()
  const [text, setText] = useState('')
  const { run, refusal, busy } = useAction()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      onDone()
    }
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    if (busy || text.trim() === '') return
    run(() => live.call('message.reply', { id, text, from: PERSON }), onDone)
  }
  return (
    <div>
      {refusal === undefined ? null : <Notice tone="bad">{refusal}</Notice>}
      <label htmlFor={field} className="mb-1 block text-[12px] text-soft">
        {texts.actions.replyTo(from)}
      </label>
      <textarea
        id={field}
        autoFocus
        rows={Math.min(5, text.split('\n').length)}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="selectable w-full resize-none rounded-[7px] border border-line bg-raise px-2 py-1.5 leading-[20px]"
      />
    </div>
  )
}
