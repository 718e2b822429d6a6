import { setUpWine, stopWine } from '../../scripts/wine.mjs'

/** A Windows of our own on the virtual desktop; one that is left of a run before belongs to a display that is gone. */
export async function setup(): Promise<() => Promise<void>> {
  const wine = await setUpWine()
  await stopWine()
  process.env['WAGGLE_TEST_WINE'] = JSON.stringify(wine)
  return stopWine
}
