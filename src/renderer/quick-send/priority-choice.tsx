import { priorities, type Priority } from '../../contract/message'
import { texts } from '../texts'

interface PriorityChoiceProps {
  readonly priority: Priority
  onChange(priority: Priority): void
}

/** Three words of which one holds; the arrow keys change it. */
export function PriorityChoice({ priority, onChange }: PriorityChoiceProps) {
  return (
    <fieldset className="flex shrink-0 gap-0.5 text-[12px]">
      <legend className="sr-only">{texts.quickSend.priority}</legend>
      {priorities.map((name) => (
        <label
          key={name}
          className="rounded-[6px] px-2 py-0.5 text-faint transition-colors duration-150 hover:text-text has-checked:bg-text/8 has-checked:font-[560] has-checked:text-text has-focus-visible:outline-2 has-focus-visible:outline-accent/75"
        >
          <input
            type="radio"
            name="priority"
            className="sr-only"
            checked={name === priority}
            onChange={() => onChange(name)}
          />
          {texts.quickSend.priorities[name]}
        </label>
      ))}
    </fieldset>
  )
}
