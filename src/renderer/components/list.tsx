import type { KeyboardEvent, ReactNode } from 'react'
import { targetOf } from './list-keys'

interface ListProps<Item> {
  readonly label: string
  readonly items: readonly Item[]
  readonly selected: string | undefined
  keyOf(item: Item): string
  /** Undefined: nothing is selected any more. */
  onSelect(key: string | undefined): void
  readonly renderRow: (item: Item, index: number) => ReactNode
}

/** So many rows Page Up and Page Down go. */
const PAGE = 10

/** Rows of one line each, between hairlines; the arrow keys walk through them and Escape leaves the selection. */
export function List<Item>({ label, items, selected, keyOf, onSelect, renderRow }: ListProps<Item>) {
  const onKeyDown = (event: KeyboardEvent) => {
    const at = items.findIndex((item) => keyOf(item) === selected)
    const target = targetOf(event.key, { count: items.length, at, pageSize: PAGE, isRow: () => true })
    const item = target === undefined ? undefined : items[target]
    if (item === undefined && (event.key !== 'Escape' || selected === undefined)) return
    event.preventDefault()
    onSelect(item === undefined ? undefined : keyOf(item))
  }
  return (
    <div
      role="listbox"
      aria-label={label}
      aria-activedescendant={selected === undefined ? undefined : rowId(selected)}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="overflow-hidden rounded-[11px] border border-line bg-panel"
    >
      {items.map((item, index) => {
        const key = keyOf(item)
        return (
          <div
            key={key}
            id={rowId(key)}
            ref={key === selected ? intoView : undefined}
            role="option"
            aria-selected={key === selected}
            onClick={() => onSelect(key === selected ? undefined : key)}
            className="flex h-[36px] items-baseline gap-2.5 border-t border-line px-3.5 leading-[35px] first:border-t-0 aria-selected:bg-accent/10"
          >
            {renderRow(item, index)}
          </div>
        )
      })}
    </div>
  )
}

const intoView = (row: HTMLElement | null) => row?.scrollIntoView({ block: 'nearest' })
const rowId = (key: string) => `row-${key}`
