import type { ReactNode, UIEvent } from 'react'

interface WithPaneProps {
  readonly children: ReactNode
  /** What was chosen in the list, whole; beside the list where there is room, else below it. */
  readonly pane: ReactNode
  onScroll?(event: UIEvent): void
}

export function WithPane({ children, pane, onScroll }: WithPaneProps) {
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col wide:flex-row wide:gap-3.5">
      <div className="scroller pb-3" onScroll={onScroll}>
        {children}
      </div>
      {pane}
    </div>
  )
}
