import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { systemClock } from '../../src/main/clock'
import type { Desktop } from '../../src/main/desktop/desktop'
import { openX11Desktop } from '../../src/main/desktop/x11/desktop'
import { absentTree } from '../../src/main/looking/absent-tree'
import type { Look, Place, Tree } from '../../src/main/looking/look'
import { openTree } from '../../src/main/looking/tree/open-tree'
import { Acquaintance } from '../../src/main/ways/window/acquaintance'
import { Eye } from '../../src/main/ways/window/eye'
import { Input } from '../../src/main/ways/window/input'
import type { Target } from '../../src/main/ways/window/locate'
import { createProfiles } from '../../src/main/ways/window/profile'
import { startInputs, type Inputs } from '../harness/inputs'
import { placeOf } from '../harness/inputs/place-of'
import { widgetKinds } from '../harness/inputs/widget-kinds'
import { xdotool } from '../harness/xdotool'
import type { LookedAtBy } from '../real-inputs/matrix-desk'

// A look is what a delivery does most, and what nobody may notice: the very one that deliveries use, at a draft with a
// chip, where the editor has such, else at a plain one of two lines.

/** At a draft with a chip, and at a plain one, which a copy look needs half a minute for in each editor. */
const LOOKS = { rich: 100, plain: 25 }
const LIMIT = { timeout: 10_000 }
const profile = createProfiles({ platform: 'linux', own: () => ({}) })('chat', '')
/** What a copy look may press; everything else types, deletes or sends. */
const harmless = new Set(['Control', 'Control+Control', 'Control+a', 'Control+c', 'Control+End'])

describe.each<LookedAtBy>(['tree', 'copy'])('by %s', (by) => {
  let inputs: Inputs
  let desktop: Desktop
  let tree: Tree
  beforeAll(async () => {
    const windows = widgetKinds.map((widget) => ({ name: widget, widget }))
    inputs = await startInputs({ windows, accessibility: by === 'tree' })
    desktop = await openX11Desktop(process.env['DISPLAY'] ?? '')
    tree = by === 'tree' ? openTree({ env: process.env }) : absentTree('this is by copying')
  })
  afterAll(async () => {
    tree.close()
    desktop.close()
    await inputs.stop()
  })

  test.each(widgetKinds)(
    'many looks leave the draft in %s as it was, and press no key that types or deletes',
    async (widget) => {
      const hasRich = await inputs.setRichDraft(widget)
      if (!hasRich) await inputs.setDraft(widget, 'a plain draft\nof mine')
      const place = await placeOf(inputs, widget)
      const input = await inputAt(place, desktop)
      const known = new Acquaintance()
      const find = async () => tree.find(place)
      await input.focus()
      // A part of the draft is selected, as a person may have left it.
      xdotool('key', '--delay', 20, 'ctrl+End', 'shift+Left', 'shift+Left')
      await input.waitForPerson(100, 5000)
      const before = await stillState(inputs, widget)
      const eye = await vi.waitUntil(async () => {
        const opened = await Eye.open(
          input,
          { tree, desktop, clock: systemClock, known, mayCopy: true, over: never },
          find,
        )
        return opened instanceof Eye ? opened : undefined
      }, LIMIT)
      const looks: Look[] = []
      for (let left = hasRich ? LOOKS.rich : LOOKS.plain; left > 0; left--) looks.push(await eye.look())
      // Where the copy came before the editor knew what is selected, nothing is copied: a weak look, which proves nothing.
      const sure = looks.filter((look) => look.kind !== 'text' || look.sure !== 'weak')
      expect(sure.filter((look) => look.kind !== 'text' || look.blank || look.isRich !== hasRich)).toEqual([])
      expect(sure.length).toBeGreaterThan(looks.length / 2)
      const after = await stillState(inputs, widget)
      expect(after.peek).toEqual(before.peek)
      const pressed = keys(inputs, widget).slice(before.keys)
      expect(pressed.filter((key) => !harmless.has(key))).toEqual([])
      // Monaco's tree shows nothing of its text, so it is copied from.
      if (by === 'tree' && widget !== 'monaco') {
        expect(after).toEqual(before)
        expect(eye.means).toBe('tree')
      } else expect(eye.means).toBe('copy')
    },
    120_000,
  )
})

const { signal: never } = new AbortController()

async function inputAt(place: Place, desktop: Desktop): Promise<Input> {
  const { point } = place
  const window = (await desktop.windows()).find(({ title }) => title === place.title)
  if (!window) throw new Error(`no window ${place.title}`)
  const target: Target = { window, point }
  return new Input(target, {
    desktop,
    clock: systemClock,
    profile,
    turn: { waitedMs: 0, check: () => undefined },
    stopped: () => false,
    over: never,
    leaveClipboard: () => undefined,
    agent: place.title,
    looks: [],
    pace: () => new Acquaintance().pace(),
    clickPoint: (at) => at,
    find: async () => target,
  })
}

const keys = (inputs: Inputs, name: string): string[] =>
  inputs
    .events(name)
    .filter(({ event }) => event === 'keydown')
    .map(({ value }) => value ?? '')

/** Document, selection and keys so far, once two looks in a row find them the same. */
async function stillState(inputs: Inputs, name: string) {
  const now = async () => ({
    peek: await inputs.peek(name),
    selection: await inputs.selection(name),
    keys: keys(inputs, name).length,
  })
  let last = await now()
  await vi.waitUntil(async () => {
    const before = JSON.stringify(last)
    last = await now()
    return JSON.stringify(last) === before
  }, LIMIT)
  return last
}
