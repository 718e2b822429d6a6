import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

const ID_BYTES = 16
const POOL_BYTES = 256 * ID_BYTES

/** UUIDv7 ids; randomness is fetched for many at once, since asking the system for it costs more than the insert. */
export function createIds(): () => string {
  const pool = new Uint8Array(POOL_BYTES)
  let used = POOL_BYTES
  return () => {
    if (used === POOL_BYTES) {
      randomFillSync(pool)
      used = 0
    }
    used += ID_BYTES
    return v7({ random: pool.subarray(used - ID_BYTES, used) })
  }
}
