import Quill from 'quill'
import type { Mount } from '../widget'
import 'quill/dist/quill.core.css'

export const mount: Mount = ({ place, placeholder, enter, changed }) => {
  const frame = document.createElement('div')
  place.append(frame)
  const send = (): boolean => {
    enter()
    return false
  }
  const bindings = { send: { key: 'Enter', shiftKey: false, handler: send } }
  const quill = new Quill(frame, { placeholder, modules: { keyboard: { bindings } } })
  quill.root.classList.add('input')
  quill.root.role = 'textbox'
  quill.root.ariaMultiLine = 'true'
  quill.root.ariaLabel = 'Message'
  quill.on('text-change', changed)
  const toEnd = (): void => quill.setSelection(quill.getLength() - 1, 0)
  return {
    element: quill.root,
    text: () => quill.getText().replace(/\n$/, ''),
    document: () => quill.getContents().ops,
    selection: () => quill.getSelection(),
    setDraft: (text) => {
      quill.setText(`${text}\n`)
      if (quill.hasFocus()) toEnd()
    },
    setRichDraft: () => {
      quill.setContents([
        { insert: 'see ' },
        { insert: '@file.ts', attributes: { link: 'https://example.org/file.ts' } },
        { insert: ' ' },
        { insert: 'now', attributes: { bold: true } },
        { insert: '\n' },
      ])
      if (quill.hasFocus()) toEnd()
      return true
    },
    setEditable: (editable) => quill.enable(editable),
    focus: () => quill.focus(),
    destroy: () => {
      frame.remove()
    },
  }
}
