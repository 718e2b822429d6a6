import type { ReactNode } from 'react'
import { Keycap } from './keycap'

interface ButtonProps {
  readonly children: ReactNode
  readonly shortcut?: string
  readonly disabled?: boolean
  /** Something belongs to it on this side. */
  readonly joined?: 'right'
  onPress(): void
}

export function Button({ children, shortcut, disabled = false, joined, onPress }: ButtonProps) {
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={onPress}
      className={`flex h-[30px] shrink-0 items-center gap-2 rounded-[7px] border border-line bg-raise px-[11px] transition-colors duration-150 hover:border-faint/50 active:bg-bg disabled:opacity-50 ${joined === 'right' ? 'rounded-r-none' : ''}`}
    >
      {children}
      {shortcut ? <Keycap>{shortcut}</Keycap> : null}
    </button>
  )
}
