import { Editor, Extension, type JSONContent } from '@tiptap/core'
import { Mention, type MentionOptions } from '@tiptap/extension-mention'
import { Placeholder } from '@tiptap/extension-placeholder'
import { StarterKit } from '@tiptap/starter-kit'
import { OptionList } from '../option-list'
import type { Mount, Mounting } from '../widget'

export const mount: Mount = (mounting) => {
  const list = new OptionList(mounting.place)
  const send = (): boolean => {
    mounting.enter()
    return true
  }
  const editor = new Editor({
    element: mounting.place,
    extensions: [
      StarterKit.configure({ link: { autolink: true, openOnClick: false } }),
      Placeholder.configure({ placeholder: mounting.placeholder }),
      Mention.configure({ HTMLAttributes: { class: 'mention' }, suggestion: mentions(mounting, list) }),
      // Behind Mention's list (priority 101), before all else.
      Extension.create({ name: 'send', addKeyboardShortcuts: () => ({ Enter: send }) }),
    ],
    editorProps: {
      attributes: { class: 'input', role: 'textbox', 'aria-multiline': 'true', 'aria-label': 'Message' },
    },
    onUpdate: () => mounting.changed(),
  })
  const fill = (content: JSONContent[]): void => {
    editor.commands.setContent({ type: 'doc', content })
    editor.commands.setTextSelection(editor.state.doc.content.size)
  }
  return {
    element: editor.view.dom,
    text: () => editor.getText({ blockSeparator: '\n' }),
    document: () => editor.getJSON(),
    selection: () => editor.state.selection.toJSON() as unknown,
    setDraft: (text) => fill(text.split('\n').map(paragraph)),
    setRichDraft: () => {
      const mention = { type: 'mention', attrs: { id: 'file.ts', label: 'file.ts' } }
      const bold = { type: 'text', text: 'now', marks: [{ type: 'bold' }] }
      fill([{ type: 'paragraph', content: [words('see '), mention, words(' '), bold] }])
      return true
    },
    offers: () => list.shown !== undefined,
    setEditable: (editable) => editor.setEditable(editable),
    focus: () => editor.view.focus(),
    destroy: () => editor.destroy(),
  }
}

function words(text: string): JSONContent {
  return { type: 'text', text }
}

function paragraph(line: string): JSONContent {
  return line === '' ? { type: 'paragraph' } : { type: 'paragraph', content: [words(line)] }
}

/** The plugin's own list, which opens at an `@` and whose first entry Enter takes. */
function mentions(
  { suggestion, suggested }: Mounting,
  list: OptionList,
): MentionOptions<string>['suggestion'] {
  return {
    items: ({ query }) => {
      const offered = suggestion(`@${query}`)
      return offered === undefined ? [] : [offered.trim().slice(1)]
    },
    render: () => {
      let take: (() => void) | undefined
      const show = ({ items, command }: { items: string[]; command: (to: { id: string }) => void }): void => {
        const [id] = items
        list.show(id)
        take = id === undefined ? undefined : () => command({ id })
      }
      return {
        onStart: show,
        onUpdate: show,
        onExit: () => list.show(undefined),
        onKeyDown: ({ event }) => {
          if (event.key !== 'Enter' || !take) return false
          suggested(list.shown ?? '')
          take()
          return true
        },
      }
    },
  }
}
