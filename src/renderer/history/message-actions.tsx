import { useState } from 'react'
import type { MessageDetail } from '../../contract/message'
import { PERSON } from '../../contract/person'
import { Button } from '../components/button'
import { Notice } from '../components/notice'
import type { Live } from '../state/live'
import { useAction, type Run } from '../state/use-action'
import { useLive } from '../state/use-live'
import { texts } from '../texts'
import { ReplyBox } from './reply-box'

interface MessageActionsProps {
  readonly live: Live
  readonly message: MessageDetail
  /** True: ready to be answered at once. */
  readonly reply: boolean
}

/** What can be done with a message in its present state; while it is answered, nothing else. */
export function MessageActions({ live, message, reply }: MessageActionsProps) {
  const [replying, setReplying] = useState(reply)
  return (
    <div className="shrink-0 border-t border-line px-4 py-2.5">
      {replying ? (
        <ReplyBox live={live} message={message} onDone={() => setReplying(false)} />
      ) : (
        <Buttons live={live} message={message} onReply={() => setReplying(true)} />
      )}
    </div>
  )
}

type ButtonsProps = Pick<MessageActionsProps, 'live' | 'message'> & { onReply(): void }

function Buttons({ live, message, onReply }: ButtonsProps) {
  const { agents } = useLive(live)
  const { run, refusal, busy } = useAction()
  const { actions } = texts
  const { id, to, state } = message
  const resolve = (as: 'delivered' | 'failed') => run(() => live.call('message.resolve', { id, as }))
  // An answer to a person or a script is kept for them, and goes nowhere.
  const isToAgent = agents.some(({ name }) => name === to)
  return (
    <>
      {refusal === undefined ? null : <Notice tone="bad">{refusal}</Notice>}
      <div className="flex flex-wrap gap-2">
        {message.from === PERSON ? null : <Button onPress={onReply}>{actions.reply}</Button>}
        {message.inbox && to === PERSON ? (
          <Button onPress={() => run(() => live.call('message.take', { agent: PERSON, id }))}>
            {texts.queue.markRead(1)}
          </Button>
        ) : null}
        {state === 'in-doubt' ? (
          <>
            <Button onPress={() => resolve('delivered')}>{actions.arrived}</Button>
            <Button onPress={() => resolve('failed')}>{actions.notArrived}</Button>
          </>
        ) : null}
        {canGoAgain(state) ? (
          <Button onPress={() => run(() => live.call('message.retry', { id }))}>{actions.again}</Button>
        ) : null}
        {state === 'delivered' && isToAgent ? (
          <Button onPress={() => busy || run(() => sendAnew(live, message))}>{actions.again}</Button>
        ) : null}
        {state === 'queued' && isToAgent ? <Waiting live={live} message={message} run={run} /> : null}
      </div>
    </>
  )
}

function Waiting({ live, message: { id, priority }, run }: Omit<ButtonsProps, 'onReply'> & { run: Run }) {
  const { actions } = texts
  const isUrgent = priority === 'urgent'
  const to = isUrgent ? 'normal' : 'urgent'
  return (
    <>
      <Button onPress={() => run(() => live.call('message.cancel', { id }))}>{actions.cancel}</Button>
      <Button onPress={() => run(() => live.call('message.prioritize', { id, priority: to }))}>
        {isUrgent ? actions.normal : actions.urgent}
      </Button>
    </>
  )
}

/** A delivered message stays as it is; the same text goes as a new one. */
async function sendAnew(live: Live, { to, text, priority, submit }: MessageDetail): Promise<void> {
  await live.call('message.send', { to, text, priority, submit })
}

function canGoAgain(state: MessageDetail['state']): boolean {
  return state === 'failed' || state === 'in-doubt' || state === 'cancelled' || state === 'expired'
}
