import type { ReactNode } from 'react'

/** The quiet line above a list. */
export function Heading({ children, aside }: { children: ReactNode; aside?: ReactNode }) {
  return (
    <div className="mx-0.5 mt-5 mb-2 flex items-baseline justify-between text-[12px] text-faint">
      <h2 className="font-medium">{children}</h2>
      {aside === undefined ? null : <span>{aside}</span>}
    </div>
  )
}
