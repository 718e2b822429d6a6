import { useState } from 'react'
import type { MessageDetail } from '../../contract/message'
import { PERSON } from '../../contract/person'
import { Button } from '../components/button'
import { Notice } from '../components/notice'
import type { Live } from '../state/live'
import { useAction } from '../state/use-action'
import { texts } from '../texts'
import { ReplyBox } from './reply-box'

interface MessageActionsProps {
  readonly live: Live
  readonly message: MessageDetail
  /** True: ready to be answered at once. */
  readonly reply: boolean
}

/** What can be done with a message in its present state. */
export function MessageActions({ live, message, reply }: MessageActionsProps) {
  const { run, refusal, busy } = useAction()
  const [replying, setReplying] = useState(reply)
  const { actions } = texts
  const { id, state, priority } = message
  const resolve = (as: 'delivered' | 'failed') => run(() => live.call('message.resolve', { id, as }))
  const prioritize = (to: 'urgent' | 'normal') =>
    run(() => live.call('message.prioritize', { id, priority: to }))
  return (
    <div className="shrink-0 border-t border-line px-4 py-2.5 empty:hidden">
      {refusal === undefined ? null : <Notice tone="bad">{refusal}</Notice>}
      {replying ? <ReplyBox live={live} message={message} onDone={() => setReplying(false)} /> : null}
      <div className="flex flex-wrap gap-2">
        {replying || message.from === PERSON ? null : (
          <Button onPress={() => setReplying(true)}>{actions.reply}</Button>
        )}
        {state === 'in-doubt' ? (
          <>
            <Button onPress={() => resolve('delivered')}>{actions.arrived}</Button>
            <Button onPress={() => resolve('failed')}>{actions.notArrived}</Button>
          </>
        ) : null}
        {canGoAgain(state) ? (
          <Button onPress={() => run(() => live.call('message.retry', { id }))}>{actions.again}</Button>
        ) : null}
        {state === 'delivered' ? (
          <Button onPress={() => busy || run(() => sendAnew(live, message))}>{actions.again}</Button>
        ) : null}
        {state === 'queued' ? (
          <>
            <Button onPress={() => run(() => live.call('message.cancel', { id }))}>{actions.cancel}</Button>
            <Button onPress={() => prioritize(priority === 'urgent' ? 'normal' : 'urgent')}>
              {priority === 'urgent' ? actions.normal : actions.urgent}
            </Button>
          </>
        ) : null}
      </div>
    </div>
  )
}

/** A delivered message stays as it is; the same text goes as a new one. */
async function sendAnew(live: Live, { to, text, priority, submit }: MessageDetail): Promise<void> {
  await live.call('message.send', { to, text, priority, submit })
}

function canGoAgain(state: MessageDetail['state']): boolean {
  return state === 'failed' || state === 'in-doubt' || state === 'cancelled' || state === 'expired'
}
