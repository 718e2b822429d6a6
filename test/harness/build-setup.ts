import { buildIfStale } from '../../scripts/build.mjs'

/** The real app or command line is about to be started: `out` holds what is in `src` now. */
export async function setup(): Promise<void> {
  await buildIfStale()
}
