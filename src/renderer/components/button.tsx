import type { ReactNode } from 'react'
import { Keycap } from './keycap'

interface ButtonProps {
  readonly children: ReactNode
  readonly shortcut?: string
  readonly disabled?: boolean
  onPress(): void
}

export function Button({ children, shortcut, disabled = false, onPress }: ButtonProps) {
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={onPress}
      className="flex h-[30px] shrink-0 items-center gap-2 rounded-[7px] border border-line bg-raise px-[11px] transition-colors duration-150 hover:border-faint/50 active:bg-bg disabled:opacity-50"
    >
      {children}
      {shortcut ? <Keycap>{shortcut}</Keycap> : null}
    </button>
  )
}
