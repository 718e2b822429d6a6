import type { WidgetKind } from '../../inputs/page/types'

/** All of them, in the order of the tables. */
export const widgetKinds: readonly WidgetKind[] = [
  'textarea',
  'react',
  'lexical',
  'lexical-rich',
  'prosemirror',
  'prosemirror-chat',
  'tiptap',
  'slate',
  'monaco',
  'codemirror',
  'quill',
]
