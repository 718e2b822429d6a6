import { afterAll, afterEach, beforeAll } from 'vitest'
import { cleanUp } from './programs'
import { buildWays, endAll, startWays, type WaysServer } from './terminals'

/**
 * Waggle with the ways that need no desktop, from before a file's first test to behind its last one; what a test has started
 * ends with that test.
 */
export function serverForThisFile(): WaysServer {
  let started: WaysServer | undefined
  const server = () => {
    if (!started) throw new Error('the server starts right before the first test')
    return started
  }
  beforeAll(async () => {
    await buildWays()
    started = await startWays()
  })
  afterEach(endAll)
  afterAll(async () => {
    await started?.kill()
    await cleanUp()
  })
  return {
    get home() {
      return server().home
    },
    get process() {
      return server().process
    },
    kill: async () => server().kill(),
  }
}
