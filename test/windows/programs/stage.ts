import { serveTest } from './serve-test'
import { serveWindows, stageMethods } from './stage-windows'

// A program with windows, beside Waggle.

serveTest(stageMethods)
await serveWindows()
