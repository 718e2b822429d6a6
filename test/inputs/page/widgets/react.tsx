import { useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import type { Mount, Mounting } from '../widget'

interface State {
  readonly value: string
  readonly disabled: boolean
}

/** A textarea whose value is React's state: what React does not know of is taken back at once. */
export const mount: Mount = (mounting) => {
  let state: State = { value: '', disabled: false }
  let render = (_next: State): void => undefined
  const set = (next: Partial<State>): void => {
    state = { ...state, ...next }
    flushSync(() => render(state))
  }
  const root = createRoot(mounting.place)
  flushSync(() =>
    root.render(
      <Field
        mounting={mounting}
        first={state}
        bind={(rendered) => (render = rendered)}
        typed={(value) => (state = { ...state, value })}
      />,
    ),
  )
  const input = mounting.place.querySelector('textarea')
  if (!input) throw new Error('React rendered no textarea')
  return {
    element: input,
    text: () => state.value,
    document: () => ({ value: state.value }),
    selection: () => [input.selectionStart, input.selectionEnd],
    setDraft: (value) => {
      set({ value })
      input.setSelectionRange(value.length, value.length)
      mounting.changed()
    },
    setRichDraft: () => false,
    setEditable: (editable) => set({ disabled: !editable }),
    focus: () => input.focus(),
    destroy: () => root.unmount(),
  }
}

interface FieldProps {
  readonly mounting: Mounting
  readonly first: State
  readonly bind: (render: (state: State) => void) => void
  readonly typed: (value: string) => void
}

function Field({ mounting, first, bind, typed }: FieldProps): React.JSX.Element {
  const [{ value, disabled }, render] = useState(first)
  bind(render)
  const told = useRef(value)
  useLayoutEffect(() => {
    if (told.current === value) return
    told.current = value
    mounting.changed()
  })
  return (
    <textarea
      className="input"
      aria-label="Message"
      placeholder={mounting.placeholder}
      value={value}
      disabled={disabled}
      onChange={(event) => {
        typed(event.target.value)
        render({ value: event.target.value, disabled })
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
        event.preventDefault()
        mounting.enter()
      }}
    />
  )
}
