import type { Clock } from '../../clock'
import type { Shot } from './pointing'

const LOOK_EVERY_MS = 25
/** A window of ours that others covered leaves the screen without a change to be seen. */
const CHANGE_DEADLINE_MS = 300
/** Something on the desktop may move all the time. */
const STILL_DEADLINE_MS = 900

/**
 * The screens once they have changed from `before` and then stand still: windows leave a screen some time after they
 * were told to, and some fade. Neither is waited for longer than a moment.
 */
export async function seenStill(
  before: readonly Shot[],
  look: () => Promise<readonly Shot[]>,
  clock: Clock,
): Promise<readonly Shot[]> {
  const began = clock.monotonic()
  const since = () => clock.monotonic() - began
  let hasChanged = false
  let last = before
  for (;;) {
    await clock.wait(LOOK_EVERY_MS)
    const now = await look()
    const isStill = same(last, now)
    if ((hasChanged && isStill) || since() > STILL_DEADLINE_MS) return now
    if (!hasChanged && since() > CHANGE_DEADLINE_MS) return now
    hasChanged ||= !isStill
    last = now
  }
}

function same(one: readonly Shot[], other: readonly Shot[]): boolean {
  return one.every(({ picture }, index) => {
    const twin = other[index]?.picture
    return twin !== undefined && Buffer.compare(picture.rgba, twin.rgba) === 0
  })
}
