/** Where someone is in the window: the view, and what the history is narrowed to. It stands in the address. */
export interface Place {
  readonly view: string
  readonly filter: HistoryFilter
}

export const periods = ['all', 'day', 'week', 'month'] as const
export type Period = (typeof periods)[number]

export interface HistoryFilter {
  readonly text: string
  readonly to: string | undefined
  readonly from: string | undefined
  readonly state: string | undefined
  readonly period: Period
}

export const noFilter: HistoryFilter = {
  text: '',
  to: undefined,
  from: undefined,
  state: undefined,
  period: 'all',
}

export function isFiltered(filter: HistoryFilter): boolean {
  return query(filter) !== ''
}

/** "#history?text=deploy&state=failed"; what is left out is not narrowed. */
export function toHash({ view, filter }: Place): string {
  const params = query(filter)
  return `#${encodeURIComponent(view)}${params === '' ? '' : `?${params}`}`
}

export function fromHash(hash: string): Place {
  const [view = '', params = ''] = hash.replace(/^#/, '').split('?', 2)
  const given = new URLSearchParams(params)
  const period = periods.find((one) => one === given.get('period')) ?? noFilter.period
  return {
    view: decodeURIComponent(view),
    filter: {
      text: given.get('text') ?? '',
      to: given.get('to') ?? undefined,
      from: given.get('from') ?? undefined,
      state: given.get('state') ?? undefined,
      period,
    },
  }
}

function query(filter: HistoryFilter): string {
  const given = Object.entries(filter).filter(([name, value]) => {
    return value !== undefined && value !== '' && !(name === 'period' && value === noFilter.period)
  })
  return new URLSearchParams(given).toString()
}
