import { createEmptyHistoryState, registerHistory } from '@lexical/history'
import { registerPlainText } from '@lexical/plain-text'
import { registerRichText } from '@lexical/rich-text'
import {
  $createLineBreakNode,
  $createParagraphNode,
  $createTextNode,
  $getRoot,
  $getSelection,
  $isRangeSelection,
  COMMAND_PRIORITY_HIGH,
  createEditor,
  KEY_ENTER_COMMAND,
  type LexicalEditor,
} from 'lexical'
import type { Mount, Mounting, Widget } from '../widget'
import { $createMentionNode, MentionNode } from './lexical-mention'

export const mount: Mount = (mounting) => lexical(mounting, registerPlainText)
export const mountRich: Mount = (mounting) => lexical(mounting, (editor) => registerRichText(editor))

function lexical(mounting: Mounting, register: (editor: LexicalEditor) => () => void): Widget {
  const input = document.createElement('div')
  input.className = 'input'
  input.contentEditable = 'true'
  input.role = 'textbox'
  input.ariaMultiLine = 'true'
  input.ariaLabel = 'Message'
  mounting.place.append(input)
  const editor = createEditor({
    namespace: 'input',
    nodes: [MentionNode],
    onError: (error) => {
      throw error
    },
  })
  editor.setRootElement(input)
  const placeholder = placeholderOf(mounting)
  const text = (): string => editor.read(() => $text())
  const registered = [
    register(editor),
    registerHistory(editor, createEmptyHistoryState(), 300),
    editor.registerCommand(
      KEY_ENTER_COMMAND,
      (event) => {
        if (event?.shiftKey) return false
        event?.preventDefault()
        // Once the update that every command runs in is over: what is read and changed then is the document itself.
        queueMicrotask(mounting.enter)
        return true
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerUpdateListener(({ dirtyElements, dirtyLeaves }) => {
      placeholder.hidden = text() !== ''
      if (dirtyElements.size > 0 || dirtyLeaves.size > 0) mounting.changed()
    }),
  ]
  const change = (how: () => void): void => editor.update(how, { discrete: true })
  change(() => $fill(''))
  return {
    element: input,
    text,
    document: () => editor.getEditorState().toJSON(),
    selection: () => editor.getEditorState().read($where),
    setDraft: (draft) => change(() => $fill(draft)),
    setRichDraft: () => {
      change(() => {
        const bold = $createTextNode('now').setFormat('bold')
        const parts = [$createTextNode('see '), $createMentionNode('@file.ts'), $createTextNode(' '), bold]
        $getRoot()
          .clear()
          .append($createParagraphNode().append(...parts))
          .selectEnd()
      })
      return true
    },
    setEditable: (editable) => editor.setEditable(editable),
    focus: () => editor.focus(),
    destroy: () => {
      for (const undo of registered) undo()
      editor.setRootElement(null)
      input.remove()
      placeholder.remove()
    },
  }
}

/** As Lexical's own React plugin does it: an element of its own over the empty input. */
function placeholderOf({ place, placeholder }: Mounting): HTMLElement {
  const element = document.createElement('div')
  element.className = 'lexical-placeholder'
  element.ariaHidden = 'true'
  element.textContent = placeholder
  place.append(element)
  return element
}

function $text(): string {
  return $getRoot()
    .getChildren()
    .map((block) => block.getTextContent())
    .join('\n')
}

function $fill(text: string): void {
  const paragraph = $createParagraphNode()
  text.split('\n').forEach((line, index) => {
    if (index > 0) paragraph.append($createLineBreakNode())
    if (line !== '') paragraph.append($createTextNode(line))
  })
  $getRoot().clear().append(paragraph).selectEnd()
}

/** Keys are new in every document, so a point is told by its path. */
function $where(): unknown {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return undefined
  return [selection.anchor, selection.focus].map((point) => {
    const node = point.getNode()
    const above = node.getParents().map((parent) => parent.getIndexWithinParent())
    return { path: [node.getIndexWithinParent(), ...above].toReversed(), offset: point.offset }
  })
}
