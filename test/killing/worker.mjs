// The desktop's thread as it is, with points around what it writes to the X server.
import { watchWorker } from './points.mjs'

watchWorker()
await import(process.argv[2] ?? '')
