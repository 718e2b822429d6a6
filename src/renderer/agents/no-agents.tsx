import { Empty } from '../components/empty'
import { texts } from '../texts'

/** The first thing to do in a fresh Waggle. */
export function NoAgents() {
  return <Empty title={texts.agents.empty} hint={texts.agents.emptyHint} command={texts.agents.addExample} />
}
