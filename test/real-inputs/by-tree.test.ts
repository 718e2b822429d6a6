import { matrix } from './matrix'

// The other editors, and deliveries by copying, take their turn in `npm run inputs`.
matrix(['textarea', 'lexical', 'prosemirror', 'tiptap'], 'tree')
