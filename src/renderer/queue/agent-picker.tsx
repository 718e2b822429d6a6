import { visible } from '../../contract/visible'
import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { texts } from '../texts'
import { everyone, toggled, type Choice } from './recipients'

interface AgentPickerProps {
  readonly names: readonly string[]
  readonly choice: Choice
  /** Where there is room for the list. */
  readonly opens?: 'above' | 'below'
  readonly startsOpen?: boolean
  onChange(choice: Choice): void
  /** Called when the list has closed by a key or a choice; without it the chip has the focus again. */
  onDone?(): void
}

/** The chip that says to whom; it opens a list to type into. Enter or a click takes one agent, with Ctrl several. */
export function AgentPicker({
  names,
  choice,
  opens = 'above',
  startsOpen = false,
  onChange,
  onDone,
}: AgentPickerProps) {
  const [open, setOpen] = useState(startsOpen)
  const chip = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    if (onDone) onDone()
    else chip.current?.focus()
  }
  return (
    <div
      className="relative shrink-0"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false)
      }}
    >
      <button
        ref={chip}
        type="button"
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-label={`${texts.compose.chooseAgent}: ${choiceWords(choice)}`}
        onClick={() => setOpen(!open)}
        className="block max-w-[180px] truncate rounded-[6px] bg-accent/18 px-2 py-0.5 font-[560]"
      >
        {choiceWords(choice)}
      </button>
      {open ? (
        <PickerList names={names} choice={choice} opens={opens} onChange={onChange} onClose={close} />
      ) : null}
    </div>
  )
}

export function choiceWords(choice: Choice): string {
  if (choice === everyone) return texts.compose.everyone
  const [first = texts.compose.chooseAgent, ...others] = choice
  return others.length === 0 ? first : texts.compose.plus(first, others.length)
}

type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>

interface PickerListProps extends Pick<AgentPickerProps, 'names' | 'choice' | 'onChange'> {
  readonly opens: 'above' | 'below'
  onClose(): void
}

const places = {
  above: { frame: 'bottom-[34px]', list: 'max-h-[280px]' },
  below: { frame: 'top-[32px]', list: 'max-h-[98px]' },
} as const

function PickerList({ names, choice, opens, onChange, onClose }: PickerListProps) {
  const [filter, setFilter] = useState('')
  const [at, setAt] = useState(0)
  const id = useId()
  const found = matching([...names, everyone], filter)
  const current = Math.min(at, found.length - 1)
  const pick = (name: string) => {
    onChange(name === everyone ? everyone : [name])
    onClose()
  }
  const toggle = (name: string) => onChange(name === everyone ? everyone : toggled(choice, name))
  const keys: Keys = {
    ArrowDown: () => setAt(Math.min(found.length - 1, current + 1)),
    ArrowUp: () => setAt(Math.max(0, current - 1)),
    Enter: ({ ctrlKey, metaKey }) => {
      const name = found[current]
      if (name !== undefined) (ctrlKey || metaKey ? toggle : pick)(name)
    },
    Escape: onClose,
  }
  return (
    <div
      className={`absolute ${places[opens].frame} -left-1 z-10 w-[240px] overflow-hidden rounded-[9px] border border-line bg-raise shadow-card`}
    >
      <FilterField filter={filter} keys={keys} listId={id} current={current} onChange={setFilter} />
      <div
        id={id}
        role="listbox"
        aria-label={texts.compose.chooseAgent}
        aria-multiselectable
        className={`${places[opens].list} overflow-y-auto p-1`}
      >
        {found.map((name, index) => (
          <PickerRow
            key={name}
            id={`${id}-${index}`}
            name={name}
            current={index === current}
            chosen={choice === name || choice.includes(name)}
            onPick={pick}
            onToggle={toggle}
          />
        ))}
        {found.length === 0 ? <p className="px-2 py-1.5 text-faint">{texts.compose.noMatch}</p> : null}
      </div>
    </div>
  )
}

interface FilterFieldProps {
  readonly filter: string
  readonly keys: Keys
  readonly listId: string
  readonly current: number
  onChange(filter: string): void
}

function FilterField({ filter, keys, listId, current, onChange }: FilterFieldProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act(event)
  }
  return (
    <input
      autoFocus
      role="combobox"
      aria-expanded
      aria-controls={listId}
      aria-activedescendant={`${listId}-${current}`}
      aria-label={texts.compose.filter}
      placeholder={texts.compose.filter}
      value={filter}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={onKeyDown}
      className="w-full border-b border-line bg-transparent px-3 py-2 outline-none placeholder:text-faint"
    />
  )
}

interface PickerRowProps {
  readonly id: string
  readonly name: string
  readonly current: boolean
  readonly chosen: boolean
  onPick(name: string): void
  onToggle(name: string): void
}

function PickerRow({ id, name, current, chosen, onPick, onToggle }: PickerRowProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      // The field keeps the focus while the mouse picks.
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => (event.ctrlKey || event.metaKey || event.shiftKey ? onToggle : onPick)(name)}
      className={`flex h-[30px] items-center justify-between gap-2 rounded-[6px] px-2 ${current ? 'bg-text/8' : 'hover:bg-text/5'}`}
    >
      <span className="truncate">{labelOf(name)}</span>
      <span className={`size-1.5 shrink-0 rounded-full ${chosen ? 'bg-accent' : ''}`} />
    </div>
  )
}

const labelOf = (name: string) => (name === everyone ? texts.compose.everyone : visible(name))

/** Names that contain what was typed, wherever, without regard to case. */
function matching(names: readonly string[], filter: string): string[] {
  const wanted = filter.trim().toLowerCase()
  return names.filter((name) => labelOf(name).toLowerCase().includes(wanted))
}
