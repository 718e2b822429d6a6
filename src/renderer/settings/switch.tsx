interface SwitchProps {
  readonly id: string
  readonly describedBy: string
  readonly on: boolean
  onChange(on: boolean): void
}

/** On or off; Space turns it. */
export function Switch({ id, describedBy, on, onChange }: SwitchProps) {
  return (
    <span
      className={`relative flex h-[20px] w-[34px] items-center rounded-full border transition-colors duration-150 has-focus-visible:outline-2 has-focus-visible:outline-accent ${on ? 'border-accent bg-accent' : 'border-faint bg-raise'}`}
    >
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={on}
        aria-describedby={describedBy}
        onChange={(event) => onChange(event.target.checked)}
        className="absolute inset-0 m-0 cursor-default appearance-none outline-none"
      />
      <span
        className={`pointer-events-none size-[12px] rounded-full transition-transform duration-150 ${on ? 'translate-x-[17px] bg-bg' : 'translate-x-[3px] bg-faint'}`}
      />
    </span>
  )
}
