import type { Mount } from '../widget'

export const mount: Mount = ({ place, placeholder, enter, changed }) => {
  const input = document.createElement('textarea')
  input.className = 'input'
  input.placeholder = placeholder
  input.setAttribute('aria-label', 'Message')
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    enter()
  })
  input.addEventListener('input', changed)
  place.append(input)
  return {
    element: input,
    text: () => input.value,
    document: () => ({ value: input.value }),
    selection: () => [input.selectionStart, input.selectionEnd],
    setDraft: (text) => {
      input.value = text
      input.setSelectionRange(text.length, text.length)
      changed()
    },
    setRichDraft: () => false,
    setEditable: (editable) => (input.disabled = !editable),
    focus: () => input.focus(),
    destroy: () => input.remove(),
  }
}
