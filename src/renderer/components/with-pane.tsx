import type { ReactNode, RefObject, UIEvent } from 'react'

interface WithPaneProps {
  readonly children: ReactNode
  /** What was chosen in the list, whole; beside the list where there is room, else below it. */
  readonly pane: ReactNode
  /** The part that scrolls. */
  readonly scroller?: RefObject<HTMLDivElement | null>
  onScroll?(event: UIEvent): void
}

export function WithPane({ children, pane, scroller, onScroll }: WithPaneProps) {
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col wide:flex-row wide:gap-3.5">
      <div ref={scroller} className="scroller @container relative pb-3" onScroll={onScroll}>
        <div>{children}</div>
      </div>
      {pane}
    </div>
  )
}
