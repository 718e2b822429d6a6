import type { ReactNode } from 'react'
import { Keycap } from './keycap'

interface QuietButtonProps {
  readonly children: ReactNode
  readonly shortcut?: string
  /** What it does, where its words alone do not say it. */
  readonly title?: string
  onPress(): void
}

/** A button in a line of text, without a box. */
export function QuietButton({ children, shortcut, title, onPress }: QuietButtonProps) {
  return (
    <button
      type="button"
      title={title}
      onClick={onPress}
      className="flex shrink-0 items-center gap-1.5 rounded-[5px] px-1.5 py-px font-medium text-soft transition-colors duration-150 hover:bg-text/8 hover:text-text"
    >
      {children}
      {shortcut === undefined ? null : <Keycap>{shortcut}</Keycap>}
    </button>
  )
}
