import { Stop } from '../lib/progress.mjs'
import { setUpWine } from '../wine.mjs'

const isWindows = (/** @type {import('./suites.mjs').Step} */ { name }) => name.endsWith('windows')

/**
 * The steps that can run here. Where no Wine can be had those for Windows are left out, with a sentence that says so; in CI
 * (the variable CI) that is a failure.
 * @param {readonly import('./suites.mjs').Step[]} steps
 * @param {() => Promise<unknown>} setUp
 * @param {string | undefined} ci
 */
export async function withWine(steps, setUp = setUpWine, ci = process.env.CI) {
  if (!steps.some(isWindows)) return { steps, left: undefined }
  try {
    await setUp()
    return { steps, left: undefined }
  } catch (error) {
    if (!(error instanceof Stop) || ci) throw error
    const left = `The tests for Windows did not run, for there is no Wine here: ${error.message}`
    return { steps: steps.filter((step) => !isWindows(step)), left }
  }
}
