import { useRef, useState } from 'react'
import type { Message } from '../../contract/message'
import { Empty } from '../components/empty'
import { Notice } from '../components/notice'
import { QuietButton } from '../components/quiet-button'
import { useChoice, type Choice } from '../components/use-choice'
import { WithPane } from '../components/with-pane'
import { fields } from '../fields'
import type { Live } from '../state/live'
import { isFiltered, noFilter, type HistoryFilter } from '../state/place'
import { useAction } from '../state/use-action'
import { useChange } from '../state/use-change'
import { useLive } from '../state/use-live'
import { texts } from '../texts'
import { ChartsRow } from './charts'
import { ExportMenu } from './export-menu'
import { FilterBar } from './filter-bar'
import { HistoryTable } from './history-table'
import { MessageDetailPane } from './message-detail'
import { useCharts } from './use-charts'
import { useHistory } from './use-history'

interface HistoryViewProps {
  readonly live: Live
  readonly autoFocus: string | undefined
  readonly filter: HistoryFilter
  onFilter(filter: HistoryFilter): void
  /** The message that the window was opened for; each time an object of its own. */
  readonly opened: { readonly id: string; readonly reply?: true } | undefined
}

/** Every message that is over: charts, filters, the table, and the chosen one whole. */
export function HistoryView({ live, autoFocus, filter, onFilter, opened }: HistoryViewProps) {
  const { agents } = useLive(live)
  const { rows, trouble, more } = useHistory(live, filter)
  const charts = useCharts(live, filter.period, filter.to)
  const senders = useSenders(rows)
  const { choice, shown, close } = useShown(opened)
  const { run, refusal } = useAction()
  const scroller = useRef<HTMLDivElement>(null)
  const pane = shown && (
    <MessageDetailPane key={`${shown.id} ${shown.reply}`} live={live} {...shown} onClose={close} />
  )
  return (
    <>
      <FilterBar
        filter={filter}
        agents={agents}
        senders={senders}
        autoFocus={autoFocus === fields.search}
        onChange={onFilter}
      >
        <ExportMenu live={live} filter={filter} run={run} />
      </FilterBar>
      <ChartsRow charts={charts} onAgent={(to) => onFilter({ ...filter, to })} />
      {refusal === undefined ? null : <Notice tone="bad">{texts.history.exportFailed(refusal)}</Notice>}
      {trouble === undefined ? null : <Notice tone="bad">{texts.history.failedToLoad(trouble)}</Notice>}
      <div className="mt-2.5 -mb-[18px] flex min-h-0 flex-1 flex-col">
        <WithPane pane={pane} scroller={scroller}>
          {rows && rows.length > 0 ? (
            <HistoryTable rows={rows} choice={choice} scroller={scroller} onNearEnd={more} />
          ) : null}
          {rows?.length === 0 ? <Nothing filter={filter} onFilter={onFilter} /> : null}
        </WithPane>
      </div>
    </>
  )
}

/** The message that is shown whole: one of the list, or the one that the window was opened for. */
function useShown(opened: HistoryViewProps['opened']) {
  const choice = useChoice()
  // A message that was asked for may be far down, or still wait; closing it leaves the list as it was.
  const [asked, setAsked] = useState<typeof opened>()
  useChange(opened, () => setAsked(opened))
  const own: Choice = {
    ...choice,
    activate: (index, key) => {
      setAsked(undefined)
      choice.activate(index, key)
    },
  }
  const close = () => {
    setAsked(undefined)
    choice.setOpen(false)
  }
  const chosen: HistoryViewProps['opened'] =
    choice.open && choice.active !== undefined ? { id: choice.active } : undefined
  const shown = asked ?? chosen
  return { choice: own, shown, close }
}

/** Whoever has sent something that was seen here, also while a filter hides them. */
function useSenders(rows: readonly Message[] | undefined): readonly string[] {
  const [known, setKnown] = useState<readonly string[]>([])
  useChange(rows, () => {
    const more = new Set(known)
    for (const { from } of rows ?? []) more.add(from)
    if (more.size > known.length) setKnown([...more])
  })
  return known
}

function Nothing({ filter, onFilter }: Pick<HistoryViewProps, 'filter' | 'onFilter'>) {
  const { history } = texts
  if (!isFiltered(filter)) return <Empty title={history.empty} hint={history.emptyHint} />
  const isSearch = filter.text !== '' && !isFiltered({ ...filter, text: '' })
  return (
    <Empty title={isSearch ? history.noMatch(filter.text) : history.noMatchFiltered}>
      <QuietButton onPress={() => onFilter(noFilter)}>{history.clearFilters}</QuietButton>
    </Empty>
  )
}
