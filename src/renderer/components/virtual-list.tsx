import { useVirtualizer } from '@tanstack/react-virtual'
import {
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
} from 'react'
import { targetOf, type ListPlace } from './list-keys'
import type { Choice } from './use-choice'

export const ROW_HEIGHT = 36

export interface VirtualListProps {
  readonly label: string
  readonly count: number
  readonly choice: Choice
  /** Several rows can be checked: Space, Ctrl and a click, Shift and the arrows, Ctrl+A. */
  readonly multiple?: boolean
  /** The part of the page that scrolls; the list may stand anywhere in its one child. */
  readonly scroller: RefObject<HTMLElement | null>
  /** The row's key; undefined while it is not known, null where a heading stands. */
  keyAt(index: number): string | undefined | null
  /** The keys from one place to another, for a range whose rows are not all known. */
  keysBetween?(first: number, last: number): Promise<readonly string[]>
  readonly renderRow: (index: number) => ReactNode
  /** Told which rows are in view, the last one included. */
  onLook?(first: number, last: number): void
}

/** Rows of one line each, of which only those in view are drawn. It has one tab stop; keys walk through the rows. */
export function VirtualList(props: VirtualListProps) {
  const { label, choice, multiple = false, keyAt, renderRow } = props
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const { virtualizer, margin } = useRows(props, box)
  const rows = virtualizer.getVirtualItems()
  const drawn = rows.map(({ index }) => index)
  useLook(drawn[0], drawn.at(-1), props)
  const at = usePlace(props, drawn)
  const show = (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' })
  return (
    <div
      ref={box}
      role="listbox"
      aria-label={label}
      aria-multiselectable={multiple || undefined}
      aria-activedescendant={drawn.includes(at) ? `${id}${at}` : undefined}
      tabIndex={0}
      onKeyDown={(event) => {
        if (act(event, props, at, show)) event.preventDefault()
      }}
      className="group relative rounded-[11px] border border-line bg-panel"
      style={{ height: virtualizer.getTotalSize() + 2 }}
    >
      {rows.map(({ index, start }) => (
        <Row
          key={index}
          id={`${id}${index}`}
          index={index}
          top={start - margin}
          list={props}
          isActive={index === at && choice.at >= 0}
          rowKey={keyAt(index)}
        >
          {renderRow(index)}
        </Row>
      ))}
    </div>
  )
}

function useRows({ count, choice, scroller }: VirtualListProps, box: RefObject<HTMLElement | null>) {
  const margin = useOffset(box, scroller)
  // oxlint-disable-next-line react/incompatible-library -- the compiler that it warns of is not used here
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    scrollMargin: margin,
  })
  useEffect(() => {
    // The list shrinks when the row opens, and the row is to stay in sight.
    if (choice.open && choice.at >= 0) virtualizer.scrollToIndex(choice.at, { align: 'auto' })
  }, [choice.open, choice.at, virtualizer])
  return { virtualizer, margin }
}

interface RowProps {
  readonly id: string
  readonly index: number
  readonly top: number
  readonly list: VirtualListProps
  readonly isActive: boolean
  readonly rowKey: string | undefined | null
  readonly children: ReactNode
}

function Row({ id, index, top, list, isActive, rowKey, children }: RowProps) {
  const { choice, multiple = false, count } = list
  const place = { transform: `translateY(${top}px)`, height: ROW_HEIGHT }
  if (rowKey === null) {
    return (
      <div role="presentation" style={place} className="absolute inset-x-0 top-0 border-t border-line">
        {children}
      </div>
    )
  }
  const isChecked = rowKey !== undefined && choice.checked.has(rowKey)
  const onClick = (event: MouseEvent) => {
    if (rowKey === undefined) return
    if (multiple && (event.ctrlKey || event.metaKey || isOnCheck(event))) choice.toggle(index, rowKey)
    else if (multiple && event.shiftKey) void checkRange(list, index)
    else openOrClose(choice, index, rowKey)
  }
  return (
    <div
      id={id}
      role="option"
      aria-selected={choice.checked.size > 0 ? isChecked : isActive}
      aria-setsize={count}
      aria-posinset={index + 1}
      data-active={isActive || undefined}
      data-checked={isChecked || undefined}
      onClick={onClick}
      style={place}
      className="row absolute inset-x-0 top-0 flex items-baseline gap-2.5 px-3.5 leading-[35px]"
    >
      {children}
    </div>
  )
}

/** The box at a row's beginning that checks it; see `RowMark`. */
function isOnCheck({ target }: MouseEvent): boolean {
  return target instanceof Element && target.closest('[data-check]') !== null
}

function openOrClose(choice: Choice, index: number, key: string): void {
  const again = choice.open && choice.active === key
  choice.activate(index, key)
  choice.setOpen(!again)
  choice.uncheck()
}

async function checkRange(list: VirtualListProps, to: number): Promise<void> {
  const anchor = Math.max(0, list.choice.anchor)
  const [first, last] = [Math.min(anchor, to), Math.max(anchor, to)]
  const keys = (await list.keysBetween?.(first, last)) ?? knownKeys(list, first, last)
  // The end of the range is active, which is its first row when it was drawn upwards.
  list.choice.check(to < anchor ? keys.toReversed() : keys, to)
}

function knownKeys({ keyAt }: VirtualListProps, first: number, last: number): string[] {
  const keys = Array.from({ length: last - first + 1 }, (_, index) => keyAt(first + index))
  return keys.filter((key) => typeof key === 'string')
}

/** Where the active row is now: rows above it may have come or gone. -1 while it is not in view. */
function usePlace({ choice, keyAt }: VirtualListProps, drawn: readonly number[]): number {
  const { active, at } = choice
  const key = at < 0 ? undefined : keyAt(at)
  useEffect(() => {
    // The row that was gone to has come.
    if (active === undefined && typeof key === 'string') choice.activate(at, key)
  })
  if (active === undefined || key === active) return at
  return drawn.find((index) => keyAt(index) === active) ?? -1
}

/** What a key does to the list; false when it means nothing here. */
function act(
  event: KeyboardEvent,
  list: VirtualListProps,
  at: number,
  show: (index: number) => void,
): boolean {
  const { choice, keyAt, multiple = false } = list
  const target = targetOf(event.key, placeOf(list, at))
  if (target !== undefined) {
    show(target)
    if (event.shiftKey && multiple) void checkRange(list, target)
    else choice.activate(target, keyAt(target) ?? undefined)
    return true
  }
  if (event.key === 'Escape') return stepBack(choice)
  if (event.key === 'a' && (event.ctrlKey || event.metaKey) && multiple) {
    void checkAll(list)
    return true
  }
  const key = at < 0 ? undefined : keyAt(at)
  if (typeof key !== 'string' || (event.key !== 'Enter' && event.key !== ' ')) return false
  if (event.key === ' ' && multiple) choice.toggle(at, key)
  else openOrClose(choice, at, key)
  return true
}

function placeOf({ choice, count, keyAt, scroller }: VirtualListProps, at: number): ListPlace {
  // A row that has left is stepped on from where it was: what follows it stands there now.
  const left = choice.at < 0 ? -1 : Math.min(choice.at, count) - 1
  return {
    count,
    at: at >= 0 ? at : left,
    pageSize: Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT),
    isRow: (index) => keyAt(index) !== null,
  }
}

async function checkAll(list: VirtualListProps): Promise<void> {
  const last = list.count - 1
  const keys = (await list.keysBetween?.(0, last)) ?? knownKeys(list, 0, last)
  list.choice.check(keys, list.choice.at)
}

/** Escape leaves what was entered last: the checks, then the open row, then the active one. */
function stepBack(choice: Choice): boolean {
  if (choice.checked.size > 0) choice.uncheck()
  else if (choice.open) choice.setOpen(false)
  else if (choice.active === undefined) return false
  else choice.clear()
  return true
}

function useLook(first: number | undefined, last: number | undefined, { onLook }: VirtualListProps): void {
  useEffect(() => {
    if (first !== undefined && last !== undefined) onLook?.(first, last)
  }, [first, last, onLook])
}

/** How far from the beginning of the scrolled part the list stands, in px; what stands above it may grow. */
function useOffset(box: RefObject<HTMLElement | null>, scroller: RefObject<HTMLElement | null>): number {
  const [offset, setOffset] = useState(0)
  useEffect(() => {
    const content = scroller.current?.firstElementChild
    if (!content) return undefined
    const observer = new ResizeObserver(() => setOffset(box.current?.offsetTop ?? 0))
    observer.observe(content)
    return () => observer.disconnect()
  }, [box, scroller])
  return offset
}
