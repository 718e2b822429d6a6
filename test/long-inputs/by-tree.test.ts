import { matrix } from '../real-inputs/matrix'

matrix(['react', 'lexical-rich', 'prosemirror-chat', 'slate', 'codemirror', 'quill'], 'tree')
