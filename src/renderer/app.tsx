import { useState, useSyncExternalStore } from 'react'
import { AgentsView } from './agents/agents-view'
import { Header } from './components/header'
import { Notice } from './components/notice'
import { Sidebar, type View } from './components/sidebar'
import { fields } from './fields'
import { HistoryView } from './history/history-view'
import { QueueView } from './queue/queue-view'
import { SettingsView } from './settings/settings-view'
import type { Live } from './state/live'
import { useChange } from './state/use-change'
import { useLive, useTrouble } from './state/use-live'
import { useSettingsShortcut } from './state/use-settings-shortcut'
import { useShortcuts } from './state/use-shortcuts'
import { useAction } from './state/use-action'
import { texts } from './texts'
import type { Wishes } from './state/wishes'
import type { StartFacts } from './waggle'

interface AppProps {
  readonly live: Live
  readonly wishes: Wishes
  readonly facts: StartFacts
}

export function App({ live, wishes, facts }: AppProps) {
  const state = useLive(live)
  const trouble = useTrouble(live)
  const [view, setView] = useState<View>('queue')
  const [trayTold, setTrayTold] = useState(facts.hasTray)
  const [focus, setFocus] = useState<string>()
  const wish = useSyncExternalStore(wishes.subscribe, wishes.current)
  const opened = wish?.show === 'message' ? wish : undefined
  useChange(opened, () => setView('history'))
  const action = useAction()
  const togglePause = () =>
    action.run(() => live.call(state.status.paused ? 'queue.resume' : 'queue.pause', {}))
  const goTo = (view: View, field?: string) => {
    setView(view)
    setFocus(field)
    if (field) document.getElementById(field)?.focus()
  }
  useShortcuts({
    p: togglePause,
    n: () => goTo('queue', fields.compose),
    '/': () => goTo('history', fields.search),
  })
  useSettingsShortcut(() => goTo('settings'))
  const content = {
    queue: <QueueView live={live} autoFocus={focus} />,
    agents: <AgentsView live={live} />,
    history: <HistoryView live={live} autoFocus={focus} opened={opened} />,
    settings: <SettingsView live={live} />,
  }
  return (
    <div className="grid h-full grid-cols-[152px_minmax(0,1fr)] grid-rows-[52px_minmax(0,1fr)] roomy:grid-cols-[188px_minmax(0,1fr)]">
      <Sidebar view={view} state={state} onChoose={(view) => goTo(view)} />
      <Header title={texts.views[view]} status={state.status} onPause={togglePause} />
      <main className="flex min-h-0 flex-col p-[18px]">
        {trouble === undefined ? null : <Notice tone="bad">{texts.trouble(trouble)}</Notice>}
        {action.refusal === undefined ? null : <Notice tone="bad">{action.refusal}</Notice>}
        {trayTold ? null : (
          <Notice tone="plain" onClose={() => setTrayTold(true)}>
            {texts.noTray}
          </Notice>
        )}
        {state.ready ? content[view] : null}
      </main>
    </div>
  )
}
