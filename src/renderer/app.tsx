import { useCallback, useState, useSyncExternalStore } from 'react'
import { assertNever } from '../contract/errors'
import { AgentsView } from './agents/agents-view'
import { Announcements } from './components/announcements'
import { Header } from './components/header'
import { stateOf } from './components/header-state'
import { Notice } from './components/notice'
import { ShortcutOverlay } from './components/shortcut-overlay'
import { Sidebar, views, type View } from './components/sidebar'
import { fields } from './fields'
import { HistoryView } from './history/history-view'
import { QueueView } from './queue/queue-view'
import { SettingsView } from './settings/settings-view'
import type { Live } from './state/live'
import type { LiveState } from './state/live-state'
import type { HistoryFilter } from './state/place'
import { useChange } from './state/use-change'
import { useLive, useTrouble } from './state/use-live'
import { usePlace } from './state/use-place'
import { useSettingsShortcut } from './state/use-settings-shortcut'
import { useShortcuts } from './state/use-shortcuts'
import { useThroughput } from './state/use-throughput'
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
  const throughput = useThroughput(live)
  const nav = useNavigation(wishes)
  const { run, refusal } = useAction()
  const [helping, setHelping] = useState(false)
  const onPause = (agent: string | undefined, paused: boolean) =>
    run(() => live.call(paused ? 'queue.pause' : 'queue.resume', agent === undefined ? {} : { agent }))
  const shortcuts = {
    n: () => nav.goTo('queue', fields.compose),
    '/': () => nav.goTo('history', fields.search),
    '?': () => setHelping(true),
    ...Object.fromEntries(views.map((name, index) => [String(index + 1), () => nav.goTo(name)])),
  }
  useShortcuts(shortcuts, { p: () => onPause(undefined, !state.status.paused) })
  useSettingsShortcut(() => nav.goTo('settings'))
  return (
    <div className="grid h-full grid-cols-[152px_minmax(0,1fr)] grid-rows-[52px_minmax(0,1fr)] roomy:grid-cols-[188px_minmax(0,1fr)]">
      <Sidebar view={nav.view} state={state} onChoose={nav.goTo} onHelp={() => setHelping(true)} />
      <Header
        title={texts.views[nav.view]}
        status={state.status}
        agents={state.agents}
        throughput={throughput}
        onPause={onPause}
        onStopNow={() => run(() => live.call('queue.pause', { now: true }))}
      />
      <main className="flex min-h-0 flex-col p-[18px]">
        <Notices live={live} facts={facts} refusal={refusal} />
        {state.ready ? <Content live={live} nav={nav} /> : null}
      </main>
      <Announcements words={announcement(state)} />
      {helping ? <ShortcutOverlay onClose={() => setHelping(false)} /> : null}
    </div>
  )
}

/** Where someone is, the way elsewhere, and what the window was opened for. */
function useNavigation(wishes: Wishes) {
  const [place, setPlace] = usePlace()
  const [focus, setFocus] = useState<string>()
  const wish = useSyncExternalStore(wishes.subscribe, wishes.current)
  const opened = wish?.show === 'message' ? wish : undefined
  useChange(opened, () => setPlace({ view: 'history' }))
  const goTo = useCallback(
    (view: View, field?: string) => {
      setPlace({ view })
      setFocus(field)
      if (field) document.getElementById(field)?.focus()
    },
    [setPlace],
  )
  const onFilter = useCallback((filter: HistoryFilter) => setPlace({ filter }), [setPlace])
  const view = views.find((one) => one === place.view) ?? 'queue'
  return { view, filter: place.filter, focus, opened, goTo, onFilter }
}

function Content({ live, nav }: { live: Live; nav: ReturnType<typeof useNavigation> }) {
  const { view, focus, filter, onFilter, opened } = nav
  switch (view) {
    case 'queue':
      return <QueueView live={live} autoFocus={focus} onAddAgent={() => nav.goTo('agents')} />
    case 'agents':
      return <AgentsView live={live} />
    case 'history':
      return <HistoryView live={live} autoFocus={focus} filter={filter} onFilter={onFilter} opened={opened} />
    case 'settings':
      return <SettingsView live={live} />
    default:
      return assertNever(view)
  }
}

interface NoticesProps {
  readonly live: Live
  readonly facts: StartFacts
  readonly refusal: string | undefined
}

function Notices({ live, facts, refusal }: NoticesProps) {
  const trouble = useTrouble(live)
  const [trayTold, setTrayTold] = useState(facts.hasTray)
  return (
    <>
      {trouble === undefined ? null : <Notice tone="bad">{texts.trouble(trouble)}</Notice>}
      {refusal === undefined ? null : <Notice tone="bad">{refusal}</Notice>}
      {trayTold ? null : (
        <Notice tone="plain" onClose={() => setTrayTold(true)}>
          {texts.noTray}
        </Notice>
      )}
    </>
  )
}

function announcement({ status, troubled }: LiveState): string {
  const doubtful = troubled.filter(({ state }) => state === 'in-doubt').length
  return [stateOf(status).words, doubtful > 0 ? texts.header.needYou(doubtful) : '']
    .filter(Boolean)
    .join('. ')
}
