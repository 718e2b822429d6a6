interface ChoiceProps<Value extends string> {
  readonly name: string
  readonly label: string
  readonly describedBy?: string
  readonly values: readonly { readonly value: Value; readonly label: string }[]
  readonly chosen: Value
  onChoose(value: Value): void
}

/** One of a few, all of them in sight; the arrow keys move between them. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { name, label, describedBy, values, chosen, onChoose } = props
  return (
    <div
      role="radiogroup"
      aria-label={label}
      aria-describedby={describedBy}
      className="flex rounded-[7px] border border-line bg-raise p-[2px]"
    >
      {values.map(({ value, label }) => (
        <label
          key={value}
          className="relative flex h-[24px] items-center rounded-[5px] px-2 text-[12px] whitespace-nowrap text-soft transition-colors duration-150 hover:text-text has-checked:bg-text/8 has-checked:font-medium has-checked:text-text has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            value={value}
            checked={value === chosen}
            onChange={() => onChoose(value)}
            className="absolute inset-0 m-0 cursor-default appearance-none outline-none"
          />
          {label}
        </label>
      ))}
    </div>
  )
}
