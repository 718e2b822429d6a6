/** What a key press on a list is about. */
export interface ListPlace {
  readonly count: number
  /** The row that is active now; -1 for none. */
  readonly at: number
  /** How many rows fit into the view. */
  readonly pageSize: number
  /** False for headings between the rows, which are stepped over. */
  isRow(index: number): boolean
}

/** The row that this key goes to; undefined when the key means nothing here or there is no row to go to. */
export function targetOf(pressed: string, { count, at, pageSize, isRow }: ListPlace): number | undefined {
  const page = Math.max(1, pageSize - 1)
  const goals: Readonly<Record<string, readonly [goal: number, step: 1 | -1]>> = {
    ArrowDown: [at + 1, 1],
    ArrowUp: [at - 1, -1],
    PageDown: [at + page, 1],
    PageUp: [at - page, -1],
    Home: [0, 1],
    End: [count - 1, -1],
  }
  const way = goals[pressed]
  if (!way || count === 0) return undefined
  const [goal, step] = way
  const start = Math.min(count - 1, Math.max(0, goal))
  return firstRow(start, step, { count, isRow }) ?? firstRow(start, step === 1 ? -1 : 1, { count, isRow })
}

function firstRow(
  start: number,
  step: number,
  { count, isRow }: Pick<ListPlace, 'count' | 'isRow'>,
): number | undefined {
  for (let index = start; index >= 0 && index < count; index += step) if (isRow(index)) return index
  return undefined
}
