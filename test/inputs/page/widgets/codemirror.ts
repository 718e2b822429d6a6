import { acceptCompletion, autocompletion, completionStatus } from '@codemirror/autocomplete'
import { Compartment, EditorState, Prec } from '@codemirror/state'
import { EditorView, keymap, placeholder as emptyLine } from '@codemirror/view'
import { minimalSetup } from 'codemirror'
import type { Mount } from '../widget'

export const mount: Mount = ({ place, placeholder, enter, changed, suggestion, suggested }) => {
  const editing = new Compartment()
  const completion = autocompletion({
    interactionDelay: 0,
    override: [
      ({ state, explicit }) => {
        const text = state.doc.toString()
        const offered = explicit ? undefined : suggestion(text)
        if (offered === undefined) return null
        const from = Math.max(text.lastIndexOf('@'), text.lastIndexOf('/'))
        return { from, filter: false, options: [{ label: offered.trim(), apply: offered }] }
      },
    ],
  })
  const send = (view: EditorView): boolean => {
    if (completionStatus(view.state) === 'active' && acceptCompletion(view))
      suggested(view.state.doc.toString())
    else enter()
    return true
  }
  const view = new EditorView({
    parent: place,
    root: place.getRootNode() as Document | ShadowRoot,
    extensions: [
      Prec.highest(keymap.of([{ key: 'Enter', run: send }])),
      completion,
      minimalSetup,
      emptyLine(placeholder),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': 'Message' }),
      EditorView.editorAttributes.of({ class: 'input' }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) changed()
      }),
      editing.of([]),
    ],
  })
  return {
    element: view.dom,
    text: () => view.state.doc.toString(),
    document: () => ({ lines: view.state.doc.toJSON() }),
    selection: () => view.state.selection.toJSON() as unknown,
    setDraft: (text) => {
      const changes = { from: 0, to: view.state.doc.length, insert: text }
      view.dispatch({ changes, selection: { anchor: view.state.toText(text).length } })
    },
    setRichDraft: () => false,
    offers: () => completionStatus(view.state) === 'active',
    setEditable: (editable) => {
      const off = [EditorState.readOnly.of(true), EditorView.editable.of(false)]
      view.dispatch({ effects: editing.reconfigure(editable ? [] : off) })
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  }
}
