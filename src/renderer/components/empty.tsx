import type { ReactNode } from 'react'

interface EmptyProps {
  readonly title: string
  readonly hint?: string
  /** A command that is the one next step. */
  readonly command?: string
  readonly children?: ReactNode
}

/** What a view says when it has nothing to show: what is missing, and the one next step. */
export function Empty({ title, hint, command, children }: EmptyProps) {
  return (
    <div className="flex flex-col items-center gap-1 px-6 py-10 text-center">
      <p className="font-medium text-text">{title}</p>
      {hint ? <p className="text-soft">{hint}</p> : null}
      {command ? (
        <code className="selectable mt-2 max-w-full rounded-[6px] border border-line bg-panel px-2.5 py-1 font-mono text-[12px] break-words text-soft">
          {command}
        </code>
      ) : null}
      {children}
    </div>
  )
}
