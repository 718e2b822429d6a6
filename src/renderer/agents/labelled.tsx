import { useId, type ReactNode } from 'react'

interface LabelledProps {
  readonly label: string
  readonly help?: string
  readonly children: (id: string) => ReactNode
}

/** A field with its label above it and a line of help below. */
export function Labelled({ label, help, children }: LabelledProps) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-[12px] text-soft">
        {label}
      </label>
      {children(id)}
      {help === undefined ? null : <p className="text-[11.5px] text-faint">{help}</p>}
    </div>
  )
}
