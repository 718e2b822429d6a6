import type { WidgetKind } from '../types'
import type { Mount } from '../widget'

/** Each editor is loaded when it is first asked for: most windows show one. */
export const mounts: Readonly<Record<WidgetKind, () => Promise<Mount>>> = {
  textarea: async () => (await import('./textarea')).mount,
  react: async () => (await import('./react')).mount,
  lexical: async () => (await import('./lexical')).mount,
  'lexical-rich': async () => (await import('./lexical')).mountRich,
  prosemirror: async () => (await import('./prosemirror')).mount,
  'prosemirror-chat': async () => (await import('./prosemirror')).mountChat,
  tiptap: async () => (await import('./tiptap')).mount,
  slate: async () => (await import('./slate')).mount,
  monaco: async () => (await import('./monaco')).mount,
  codemirror: async () => (await import('./codemirror')).mount,
  quill: async () => (await import('./quill')).mount,
}
