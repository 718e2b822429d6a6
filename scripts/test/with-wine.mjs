import { Stop } from '../lib/progress.mjs'
import { setUpWine } from '../wine.mjs'

const isWindows = (/** @type {import('./suites.mjs').Step} */ { name }) => name.endsWith('windows')

/**
 * Sets Wine up while other steps run, where any of these needs it: on a bare machine that is two minutes of fetching. What
 * it answers with says, once a step is about to run, why that one cannot, in a sentence; undefined for one that can.
 * @param {readonly import('./suites.mjs').Step[]} steps
 * @param {() => Promise<unknown>} setUp
 * @returns {(step: import('./suites.mjs').Step) => Promise<string | undefined>}
 */
export function withWine(steps, setUp = setUpWine) {
  const begun = steps.some(isWindows) ? trySetUp(setUp) : undefined
  return async (step) => {
    if (!isWindows(step)) return undefined
    const found = await begun
    if (found instanceof Stop)
      return `The tests for Windows did not run, for there is no Wine here: ${found.message}`
    if (found) throw found
    return undefined
  }
}

/**
 * What went wrong, if anything: nobody waits for it yet, and an error would end the steps that run meanwhile.
 * @param {() => Promise<unknown>} setUp
 */
async function trySetUp(setUp) {
  try {
    await setUp()
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
