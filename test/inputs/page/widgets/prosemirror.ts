import { baseKeymap } from 'prosemirror-commands'
import { history, redo, undo } from 'prosemirror-history'
import { keymap } from 'prosemirror-keymap'
import { Fragment, Schema, Slice, type Node } from 'prosemirror-model'
import { schema as basic } from 'prosemirror-schema-basic'
import { EditorState, Plugin, Selection } from 'prosemirror-state'
import { Decoration, DecorationSet, EditorView, type EditorProps } from 'prosemirror-view'
import type { Mount, Mounting, Widget } from '../widget'
import 'prosemirror-view/style/prosemirror.css'

const schema = new Schema({
  marks: basic.spec.marks,
  nodes: basic.spec.nodes.addToEnd('mention', {
    inline: true,
    group: 'inline',
    atom: true,
    attrs: { label: { default: '' } },
    toDOM: (node) => ['span', { class: 'mention', 'data-mention': String(node.attrs.label) }, label(node)],
    parseDOM: [{ tag: 'span[data-mention]', getAttrs: (dom) => ({ label: dom.dataset.mention }) }],
    leafText: label,
  }),
})

/** With the clipboard as the library has it: two newlines between paragraphs, blank lines dropped on paste. */
export const mount: Mount = (mounting) => prosemirror(mounting, {})

/** As chats have it that care: one newline between paragraphs, both ways. */
export const mountChat: Mount = (mounting) =>
  prosemirror(mounting, {
    clipboardTextSerializer: (slice) => textOf(slice.content),
    clipboardTextParser: (text) => {
      const lines = text.replaceAll('\r', '').split('\n')
      return new Slice(Fragment.from(lines.map(paragraph)), 1, 1)
    },
  })

function prosemirror(mounting: Mounting, clipboard: EditorProps): Widget {
  const send = (): boolean => {
    mounting.enter()
    return true
  }
  const plugins = [
    history(),
    keymap({ Enter: send, 'Shift-Enter': hardBreak, 'Mod-z': undo, 'Mod-y': redo }),
    keymap(baseKeymap),
    placeholderPlugin(mounting.placeholder),
  ]
  let editable = true
  const view = new EditorView(mounting.place, {
    ...clipboard,
    state: EditorState.create({ schema, plugins }),
    editable: () => editable,
    attributes: { class: 'input', role: 'textbox', 'aria-multiline': 'true', 'aria-label': 'Message' },
    dispatchTransaction: (transaction) => {
      view.updateState(view.state.apply(transaction))
      if (transaction.docChanged) mounting.changed()
    },
  })
  const fill = (blocks: readonly Node[]): void => {
    const filled = view.state.tr.replaceWith(0, view.state.doc.content.size, Fragment.from(blocks))
    view.dispatch(filled.setSelection(Selection.atEnd(filled.doc)))
  }
  return {
    element: view.dom,
    text: () => textOf(view.state.doc.content),
    document: () => view.state.doc.toJSON() as unknown,
    selection: () => view.state.selection.toJSON() as unknown,
    setDraft: (text) => fill(text.split('\n').map(paragraph)),
    setRichDraft: () => {
      const mention = schema.node('mention', { label: 'file.ts' })
      const bold = schema.text('now', [schema.mark('strong')])
      fill([schema.node('paragraph', null, [schema.text('see '), mention, schema.text(' '), bold])])
      return true
    },
    setEditable: (next) => {
      editable = next
      view.setProps({})
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  }
}

function hardBreak(state: EditorState, dispatch?: EditorView['dispatch']): boolean {
  dispatch?.(state.tr.replaceSelectionWith(schema.node('hard_break')).scrollIntoView())
  return true
}

function paragraph(line: string): Node {
  return schema.node('paragraph', null, line === '' ? [] : [schema.text(line)])
}

function label(node: Node): string {
  return `@${String(node.attrs.label)}`
}

function textOf(content: Fragment): string {
  return content.textBetween(0, content.size, '\n', (leaf) =>
    leaf.type.name === 'hard_break' ? '\n' : leaf.type.name === 'mention' ? label(leaf) : '',
  )
}

function placeholderPlugin(text: string): Plugin {
  return new Plugin({
    props: {
      decorations: ({ doc }) => {
        if (text === '' || doc.childCount !== 1 || doc.firstChild?.content.size !== 0) return null
        const empty = Decoration.node(0, doc.content.size, { 'data-placeholder': text })
        return DecorationSet.create(doc, [empty])
      },
    },
  })
}
