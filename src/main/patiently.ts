/** What Windows says of a file that somebody has open, whatever for: a reader, a search index, a virus scanner. */
const HELD_OPEN = ['EPERM', 'EBUSY', 'EACCES']
const PAUSE_MS = 20
const LONGEST_MS = 2000

const sleep = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

/**
 * Replaces or removes a file, on Windows also one that another program holds open for a moment: tries again for at most
 * two seconds. Elsewhere such an error lasts and is thrown at once.
 */
export function patiently<T>(act: () => T, platform: string = process.platform, pause = sleep): T {
  for (let waitedMs = 0; ; waitedMs += PAUSE_MS) {
    try {
      return act()
    } catch (error) {
      const isHeld = error instanceof Error && 'code' in error && HELD_OPEN.includes(String(error.code))
      if (platform !== 'win32' || !isHeld || waitedMs >= LONGEST_MS) throw error
    }
    pause(PAUSE_MS)
  }
}
