// An agent's own command: writes down what it is given, whole or not at all.
//   node take.mjs LOG < TEXT
import { appendFileSync, readFileSync } from 'node:fs'

appendFileSync(process.argv[2] ?? '', `${JSON.stringify({ prompt: readFileSync(0, 'utf8') })}\n`)
