import type { QueueStatus } from '../../contract/operations'
import { Button } from '../components/button'
import type { Live } from '../state/live'
import type { Run } from '../state/use-action'
import { texts } from '../texts'

interface HeldProps {
  readonly live: Live
  readonly status: QueueStatus
  readonly run: Run
}

/** What a guard holds, each with why, and one press to let it go. */
export function Held({ live, status, run }: HeldProps) {
  return (status.held ?? []).map(({ from, to = '', count, failure }) => (
    <div
      key={`${from} ${to}`}
      role="alert"
      className="mt-3 flex shrink-0 items-center gap-3 rounded-[9px] border border-line bg-panel px-3.5 py-2 text-bad"
    >
      <p className="selectable flex-1">{texts.queue.heldBy(count, failure.message)}</p>
      <Button onPress={() => run(() => live.call('queue.resume', { agent: from }))}>
        {texts.queue.letGo}
      </Button>
    </div>
  ))
}
