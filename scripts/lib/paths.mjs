import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** What can be made again at any time; git ignores it. */
export const cacheFolder = join(projectRoot, '.cache')
