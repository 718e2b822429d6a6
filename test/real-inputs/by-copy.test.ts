import { matrix } from './matrix'

// The others take their turn in `npm run inputs`.
matrix(['textarea', 'lexical', 'prosemirror'], 'copy')
