// The built app as it is, with the points at which it can be killed put around it from outside: the product knows of none.
import { app } from 'electron'
import { register } from 'node:module'
import { fileURLToPath } from 'node:url'
import { watchMain } from './points.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')
const { setAppPath } = /** @type {typeof app & {setAppPath: (path: string) => void}} */ (app)
setAppPath.call(app, root)
register('./loader.mjs', import.meta.url)
watchMain()
await import(new URL('../../out/main/main.js', import.meta.url).href)
