import { useState, type KeyboardEvent } from 'react'

interface TextFieldProps {
  readonly id: string
  /** As it holds now. */
  readonly value: string
  readonly mono?: boolean
  readonly required?: boolean
  /** Told once the field is left or Enter pressed, and only when the text is another one. */
  onChange(value: string): void
  /** Told with every key what stands there; undefined: what holds. */
  onTyped?(typed: string | undefined): void
}

/** A line of text that holds when it is left; Escape puts back what held before. */
export function TextField({ id, value, mono = false, required = false, onChange, onTyped }: TextFieldProps) {
  const [typed, setTyped] = useState<string>()
  const type = (text: string | undefined) => {
    setTyped(text)
    onTyped?.(text)
  }
  const commit = () => {
    const text = typed?.trim()
    type(undefined)
    if (text !== undefined && text !== value && (text !== '' || !required)) onChange(text)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') commit()
    if (event.key === 'Escape' && typed !== undefined) {
      event.stopPropagation()
      type(undefined)
    }
  }
  return (
    <input
      id={id}
      value={typed ?? value}
      onChange={(event) => type(event.target.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
      className={`selectable h-[30px] w-full rounded-[7px] border border-line bg-raise px-2 ${mono ? 'font-mono text-[12px]' : ''}`}
    />
  )
}
