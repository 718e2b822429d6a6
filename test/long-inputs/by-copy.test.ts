import { matrix } from '../real-inputs/matrix'

matrix(
  ['react', 'lexical-rich', 'prosemirror-chat', 'tiptap', 'slate', 'monaco', 'codemirror', 'quill'],
  'copy',
)
