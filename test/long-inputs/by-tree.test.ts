import { matrix } from '../real-inputs/matrix'

matrix(['react', 'lexical-rich', 'prosemirror-chat', 'slate', 'monaco', 'codemirror', 'quill'], 'tree')
