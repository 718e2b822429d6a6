import { useMemo, useState } from 'react'

interface Chosen {
  /** The row that keys act on, by its key; undefined while its place is known and its row is not. */
  readonly active: string | undefined
  /** Where it is, or was when it left; -1 for nowhere. */
  readonly at: number
  /** Where a range began. */
  readonly anchor: number
  readonly checked: ReadonlySet<string>
  /** True while the active row is shown whole beside the list. */
  readonly open: boolean
}

/** Which row of a list is active, which are checked, and whether the active one is open. */
export interface Choice extends Chosen {
  activate(index: number, key: string | undefined): void
  /** The active row opens, or closes. */
  setOpen(open: boolean): void
  toggle(index: number, key: string): void
  /** Exactly these, the last of them active. */
  check(keys: readonly string[], index: number): void
  uncheck(): void
  clear(): void
}

const nothing: Chosen = { active: undefined, at: -1, anchor: -1, checked: new Set(), open: false }

export function useChoice(): Choice {
  const [chosen, setChosen] = useState(nothing)
  const actions = useMemo(() => {
    const change = (to: (now: Chosen) => Partial<Chosen>) => setChosen((now) => ({ ...now, ...to(now) }))
    return {
      activate: (at: number, active: string | undefined) => change(() => ({ at, anchor: at, active })),
      setOpen: (open: boolean) => change(() => ({ open })),
      toggle: (at: number, key: string) =>
        change(({ checked }) => ({ at, anchor: at, active: key, checked: toggled(checked, key) })),
      check: (keys: readonly string[], at: number) =>
        change(() => ({ at, active: keys.at(-1), checked: new Set(keys) })),
      uncheck: () => change(() => ({ checked: new Set() })),
      clear: () => setChosen(nothing),
    }
  }, [])
  return { ...chosen, ...actions }
}

function toggled(checked: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const after = new Set(checked)
  if (!after.delete(key)) after.add(key)
  return after
}
