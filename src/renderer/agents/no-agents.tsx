import { Button } from '../components/button'
import { Empty } from '../components/empty'
import { texts } from '../texts'

/** The first thing to do in a fresh Waggle. */
export function NoAgents({ onAdd }: { onAdd(): void }) {
  return (
    <Empty title={texts.agents.empty} hint={texts.agents.emptyHint}>
      <div className="mt-3">
        <Button onPress={onAdd}>{texts.agents.addFirst}</Button>
      </div>
    </Empty>
  )
}
