export const [KEY_PRESS, KEY_RELEASE] = [2, 3] as const

export interface Stroke {
  readonly type: typeof KEY_PRESS | typeof KEY_RELEASE
  readonly code: number
}

/** Chords with the same modifiers: how these are brought down, and what is struck once exactly they are seen down. */
export interface Hold {
  readonly modifiers: readonly number[]
  readonly reach: readonly Stroke[]
  readonly strike: readonly Stroke[]
}

export interface Strokes {
  readonly holds: readonly Hold[]
  /** Lets go of what the last hold leaves down. */
  readonly release: readonly Stroke[]
}

/**
 * The chords, modifiers first, as presses and releases, in as few strokes as they need before each takes effect: keys act
 * when they go down, so they come up at the end, or before they go down again, and a modifier that the next chord needs,
 * too, stays down. Each stroke is a millisecond of Chromium's (measured, from key to copy).
 *
 * Modifiers are pressed once more right before each key: the server drops that press while they are down, and should anything
 * have let go of them since they were seen, the key is not struck without them.
 */
export function strokesOf(chords: readonly (readonly number[])[]): Strokes {
  const down = new Set<number>()
  let strokes: Stroke[] = []
  const take = () => strokes.splice(0)
  const press = (code: number) => {
    release(code)
    strokes.push({ type: KEY_PRESS, code })
    down.add(code)
  }
  const release = (code: number) => {
    if (down.delete(code)) strokes.push({ type: KEY_RELEASE, code })
  }
  let held: readonly number[] = []
  const holds = alike(chords).map(({ modifiers, keys }): Hold => {
    for (const code of held) if (!modifiers.includes(code)) release(code)
    for (const code of modifiers) if (!held.includes(code)) press(code)
    held = modifiers
    const reach = take()
    for (const key of keys) {
      for (const code of modifiers) strokes.push({ type: KEY_PRESS, code })
      press(key)
    }
    return { modifiers, reach, strike: take() }
  })
  // A modifier goes last: what is still down must not repeat without it.
  for (const code of down) if (!held.includes(code)) release(code)
  for (const code of held) release(code)
  return { holds, release: take() }
}

/** How to let go of all that these strokes have pressed. */
export function undone(strokes: readonly Stroke[]): Stroke[] {
  const down = new Set<number>()
  for (const { type, code } of strokes) {
    if (type === KEY_PRESS) down.add(code)
    else down.delete(code)
  }
  return [...down].toReversed().map((code) => ({ type: KEY_RELEASE, code }))
}

interface Alike {
  readonly modifiers: readonly number[]
  readonly keys: number[]
}

/** Chords that follow one another and need the same modifiers, together. */
function alike(chords: readonly (readonly number[])[]): Alike[] {
  const groups: Alike[] = []
  for (const chord of chords) {
    const [modifiers, key] = [chord.slice(0, -1), chord.at(-1)]
    if (key === undefined) continue
    const last = groups.at(-1)
    if (last && last.modifiers.join() === modifiers.join()) last.keys.push(key)
    else groups.push({ modifiers, keys: [key] })
  }
  return groups
}
