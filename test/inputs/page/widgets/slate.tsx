import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { createEditor, Editor, Element, Node, Transforms, type Descendant } from 'slate'
import { withHistory } from 'slate-history'
import {
  Editable,
  ReactEditor,
  Slate,
  withReact,
  type RenderElementProps,
  type RenderLeafProps,
} from 'slate-react'
import { useState } from 'react'
import type { Mount, Mounting } from '../widget'

type Line = { type: 'line'; children: (Words | Mention)[] }
type Mention = { type: 'mention'; label: string; children: Words[] }
type Words = { text: string; bold?: boolean }

declare module 'slate' {
  interface CustomTypes {
    Editor: ReactEditor
    Element: Line | Mention
    Text: Words
  }
}

export const mount: Mount = (mounting) => {
  const editor = withMentions(withHistory(withReact(createEditor())))
  let disable: (readOnly: boolean) => void
  const root = createRoot(mounting.place)
  flushSync(() =>
    root.render(<Field editor={editor} mounting={mounting} bind={(bound) => (disable = bound)} />),
  )
  const element = mounting.place.querySelector<HTMLElement>('.input')
  if (!element) throw new Error('Slate rendered no input')
  const fill = (lines: Line[]): void => {
    Editor.withoutNormalizing(editor, () => {
      Transforms.deselect(editor)
      for (let left = editor.children.length; left > 0; left -= 1) Transforms.removeNodes(editor, { at: [0] })
      Transforms.insertNodes(editor, lines, { at: [0] })
    })
    Transforms.select(editor, Editor.end(editor, []))
  }
  return {
    element,
    text: () => editor.children.map(textOf).join('\n'),
    document: () => structuredClone(editor.children),
    selection: () => structuredClone(editor.selection),
    setDraft: (text) => fill(text.split('\n').map(line)),
    setRichDraft: () => {
      const mention: Mention = { type: 'mention', label: 'file.ts', children: [{ text: '' }] }
      const end: Words[] = [{ text: ' ' }, { text: 'now', bold: true }]
      fill([{ type: 'line', children: [{ text: 'see ' }, mention, ...end] }])
      return true
    },
    setEditable: (editable) => flushSync(() => disable(!editable)),
    focus: () => ReactEditor.focus(editor),
    destroy: () => root.unmount(),
  }
}

interface FieldProps {
  readonly editor: Editor
  readonly mounting: Mounting
  readonly bind: (disable: (readOnly: boolean) => void) => void
}

function Field({ editor, mounting, bind }: FieldProps): React.JSX.Element {
  const [readOnly, disable] = useState(false)
  bind(disable)
  return (
    <Slate
      editor={editor}
      initialValue={[line('')]}
      onChange={() => {
        if (editor.operations.some(({ type }) => type !== 'set_selection')) mounting.changed()
      }}
    >
      <Editable
        className="input"
        aria-label="Message"
        placeholder={mounting.placeholder}
        readOnly={readOnly}
        renderElement={Block}
        renderLeaf={Leaf}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          mounting.enter()
        }}
      />
    </Slate>
  )
}

function Block({ attributes, children, element }: RenderElementProps): React.JSX.Element {
  if (element.type === 'line') return <p {...attributes}>{children}</p>
  return (
    <span {...attributes} className="mention" contentEditable={false}>
      @{element.label}
      {children}
    </span>
  )
}

function Leaf({ attributes, children, leaf }: RenderLeafProps): React.JSX.Element {
  return <span {...attributes}>{leaf.bold ? <b>{children}</b> : children}</span>
}

function withMentions(editor: Editor): Editor {
  const { isInline, isVoid } = editor
  editor.isInline = (element) => element.type === 'mention' || isInline(element)
  editor.isVoid = (element) => element.type === 'mention' || isVoid(element)
  return editor
}

function line(text: string): Line {
  return { type: 'line', children: [{ text }] }
}

function textOf(node: Descendant): string {
  if (!Element.isElement(node)) return Node.string(node)
  return node.type === 'mention' ? `@${node.label}` : node.children.map(textOf).join('')
}
