import type { Message } from '../../contract/message'
import { Button } from '../components/button'
import { Notice } from '../components/notice'
import type { Live } from '../state/live'
import { useAction } from '../state/use-action'
import { texts } from '../texts'

/** What can be done with a message in its present state. */
export function MessageActions({ live, message: { id, state } }: { live: Live; message: Message }) {
  const { run, refusal } = useAction()
  const resolve = (as: 'delivered' | 'failed') => run(() => live.call('message.resolve', { id, as }))
  const retry = () => run(() => live.call('message.retry', { id }))
  const { actions } = texts
  return (
    <>
      {refusal === undefined ? null : <Notice tone="bad">{refusal}</Notice>}
      <div className="flex flex-wrap gap-2 select-none empty:hidden [&:not(:empty)]:mb-2">
        {state === 'queued' ? (
          <Button onPress={() => run(() => live.call('message.cancel', { id }))}>{actions.cancel}</Button>
        ) : null}
        {state === 'in-doubt' ? (
          <Button onPress={() => resolve('delivered')}>{actions.arrived}</Button>
        ) : null}
        {state === 'in-doubt' ? (
          <Button onPress={() => resolve('failed')}>{actions.notArrived}</Button>
        ) : null}
        {canGoAgain(state) ? <Button onPress={retry}>{actions.again}</Button> : null}
      </div>
      {state === 'in-doubt' ? <p className="mb-2 text-soft">{actions.doubtHelp}</p> : null}
    </>
  )
}

function canGoAgain(state: Message['state']): boolean {
  return state === 'failed' || state === 'in-doubt' || state === 'cancelled' || state === 'expired'
}
