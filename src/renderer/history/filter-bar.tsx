import { visible } from '../../contract/visible'
import type { ReactNode } from 'react'
import type { Agent } from '../../contract/agent'
import { Keycap } from '../components/keycap'
import { QuietButton } from '../components/quiet-button'
import { fields } from '../fields'
import { isFiltered, noFilter, periods, type HistoryFilter, type Period } from '../state/place'
import { texts } from '../texts'
import { keys } from '../texts/shortcuts'
import { settledStates } from './list-params'

interface FilterBarProps {
  readonly filter: HistoryFilter
  readonly agents: readonly Agent[]
  /** Names of senders to choose from. */
  readonly senders: readonly string[]
  readonly autoFocus: boolean
  onChange(filter: HistoryFilter): void
  readonly children: ReactNode
}

/** What the history is narrowed to: the words searched for, then agent, sender, state and period. */
export function FilterBar({ filter, agents, senders, autoFocus, onChange, children }: FilterBarProps) {
  const { history } = texts
  const change = (to: Partial<HistoryFilter>) => onChange({ ...filter, ...to })
  const names = withCurrent(
    agents.map(({ name }) => name),
    filter.to,
  )
  return (
    <div role="search" className="flex shrink-0 items-center gap-1.5 roomy:gap-2">
      <SearchField text={filter.text} onChange={(text) => change({ text })} autoFocus={autoFocus} />
      <Select
        label={history.to}
        any={history.anyAgent}
        value={filter.to}
        options={names.map((name) => [name, name])}
        onChange={(to) => change({ to })}
      />
      <Select
        label={history.from}
        any={history.anySender}
        value={filter.from}
        options={withCurrent(senders, filter.from).map((name) => [name, name])}
        onChange={(from) => change({ from })}
      />
      <Select
        label={history.state}
        any={history.anyState}
        value={filter.state}
        options={settledStates.map((state) => [state, stateName(state)])}
        onChange={(state) => change({ state })}
      />
      <Select
        label={history.period}
        any={history.periods.all}
        value={filter.period === 'all' ? undefined : filter.period}
        options={periods.filter((one) => one !== 'all').map((one) => [one, history.periods[one]])}
        onChange={(period) => change({ period: asPeriod(period) })}
      />
      {isFiltered(filter) ? (
        <QuietButton title={history.clearFilters} onPress={() => onChange(noFilter)}>
          <span className="sr-only roomy:not-sr-only">{history.clearFilters}</span>
          <span aria-hidden="true" className="text-[15px] roomy:hidden">
            ×
          </span>
        </QuietButton>
      ) : null}
      <div className="ml-auto">{children}</div>
    </div>
  )
}

function stateName(state: string): string {
  const names: Readonly<Record<string, string>> = texts.history.states
  return names[state] ?? state
}

function asPeriod(value: string | undefined): Period {
  return periods.find((one) => one === value) ?? 'all'
}

/** An agent that was removed, or a sender not seen lately, can still be what is looked for. */
function withCurrent(names: readonly string[], current: string | undefined): string[] {
  return [...new Set(current === undefined ? names : [current, ...names])].toSorted()
}

interface SelectProps {
  readonly label: string
  readonly any: string
  readonly value: string | undefined
  readonly options: readonly (readonly [value: string, words: string])[]
  onChange(value: string | undefined): void
}

function Select({ label, any, value, options, onChange }: SelectProps) {
  return (
    <select
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      className={`h-[34px] max-w-[132px] rounded-[9px] border bg-raise px-2 transition-colors duration-150 hover:border-faint/50 ${value === undefined ? 'min-w-[84px] border-line text-soft' : 'min-w-[64px] border-accent text-text'}`}
    >
      <option value="">{any}</option>
      {options.map(([key, words]) => (
        <option key={key} value={key}>
          {visible(words)}
        </option>
      ))}
    </select>
  )
}

interface SearchFieldProps {
  readonly text: string
  readonly autoFocus: boolean
  onChange(text: string): void
}

function SearchField({ text, autoFocus, onChange }: SearchFieldProps) {
  return (
    <label className="flex h-[34px] min-w-[96px] flex-1 items-center gap-2 rounded-[9px] border border-line bg-raise px-3 focus-within:border-faint/60">
      <input
        id={fields.search}
        type="search"
        aria-label={texts.history.searchLabel}
        placeholder={texts.history.search}
        autoFocus={autoFocus}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          if (text === '') event.currentTarget.blur()
          onChange('')
        }}
        className="min-w-0 flex-1 bg-transparent outline-none placeholder:text-faint [&::-webkit-search-cancel-button]:hidden"
      />
      <Keycap>{keys.search}</Keycap>
    </label>
  )
}
