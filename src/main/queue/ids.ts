import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

const ID_BYTES = 16
const POOL_BYTES = 256 * ID_BYTES

/**
 * UUIDv7 ids, each greater than the one before, also within a millisecond and when the clock is set back. Randomness is
 * fetched for many at once, since asking the system for it costs more than the insert.
 */
export function createIds(now: () => number = Date.now): () => string {
  const pool = new Uint8Array(POOL_BYTES)
  const words = new DataView(pool.buffer)
  let used = POOL_BYTES
  let [msecs, seq] = [0, 0]
  return () => {
    if (used === POOL_BYTES) {
      randomFillSync(pool)
      used = 0
    }
    const present = now()
    // The upper half of the counter is left for what follows in the same millisecond.
    if (present > msecs) [msecs, seq] = [present, words.getUint32(used) >>> 1]
    else seq += 1
    used += ID_BYTES
    return v7({ random: pool.subarray(used - ID_BYTES, used), msecs, seq })
  }
}
