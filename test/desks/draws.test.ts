import { spawn, type ChildProcess } from 'node:child_process'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { stopProcess } from '../../scripts/lib/services.mjs'
import { clipboardManagers } from './clipboard-managers'
import { openManagedDesk, until, type ManagedDesk } from './desk'
import { managers as all } from './managers'

// Desks drawn by chance, by `npm run desks -- --draws 200`: every message is right, or waits with a true reason and goes
// once that is over.

const draws = Number(process.env['WAGGLE_DRAWS'] ?? 5)
const seed = Number(process.env['WAGGLE_SEED'] ?? 1)
/** Which of them, counted from 1 in the order of their window managers: several runs add up. */
const [from, to] = [Number(process.env['WAGGLE_FROM'] ?? 1), Number(process.env['WAGGLE_TO'] ?? draws)]

/** What a person does that changes keys, what the message says then, and how it ends. */
interface Hindrance {
  on(desk: ManagedDesk): unknown
  off(desk: ManagedDesk): unknown
  readonly reason: RegExp
}

const [SHIFT, CONTROL] = [0x01, 0x04]
const held = (key: string): Hindrance => ({
  on: async ({ hand }) => hand('xdotool', 'keydown', key),
  off: async ({ hand }) => hand('xdotool', 'keyup', key),
  reason: /^A key is held down/,
})
const feature = (name: string, words: RegExp, ...more: readonly string[]): Hindrance => ({
  on: async ({ hand }) => hand('xkbset', name, ...more),
  off: async ({ hand }) => hand('xkbset', `-${name}`),
  reason: words,
})
const changing = (key: string): Hindrance => {
  const press = async ({ hand }: ManagedDesk) => hand('xdotool', 'key', key)
  return { on: press, off: press, reason: /^never$/ }
}
const locked = (mask: number): Hindrance => ({
  on: ({ keyboard }) => keyboard.lock(mask),
  off: ({ keyboard }) => keyboard.lock(0),
  reason: /^A modifier key is locked/,
})
const latched = (mask: number): Hindrance => ({
  on: ({ keyboard }) => keyboard.latch(mask),
  off: ({ keyboard }) => keyboard.latch(0),
  reason: /^A modifier key waits for the next key/,
})

const hindrances: Readonly<Record<string, Hindrance | undefined>> = {
  nothing: undefined,
  'Shift held': held('Shift_L'),
  'Ctrl held': held('Control_L'),
  'Alt held': held('Alt_L'),
  'Super held': held('Super_L'),
  'Shift latched': latched(SHIFT),
  'Ctrl latched': latched(CONTROL),
  'Shift locked': locked(SHIFT),
  'Ctrl locked': locked(CONTROL),
  'Caps Lock': changing('Caps_Lock'),
  'Num Lock': changing('Num_Lock'),
  'slow keys': feature('slowkeys', /^Slow keys are on/, '200'),
  'bounce keys': feature('bouncekeys', /^Bounce keys are on/, '200'),
  'sticky keys': feature('sticky', /^Sticky keys are on/),
  'mouse keys': feature('mousekeys', /^Mouse keys are on/),
}
/** What is drawn must not change with a compositor that is added: the parts of one seed add up. */
const managers = all.filter(({ compositor }) => !compositor)
const layouts = ['us', 'de', 'fr', 'ru', 'us,ru', 'gr', 'us -variant dvorak', 'tr', 'jp']
/** Whose map this is: both keyboards', or only the one on the desk's, and XTEST's is another. */
const devices = ['all', 'the desk’s own'] as const
const places = ['in sight', 'covered', 'minimized', 'another workspace'] as const

const drawn = fc.sample(
  fc.record({
    manager: fc.nat(managers.length - 1),
    layout: fc.constantFrom(...layouts),
    device: fc.constantFrom(...devices),
    hindrance: fc.constantFrom(...Object.keys(hindrances)),
    clipboard: fc.nat(clipboardManagers.length - 1),
    place: fc.constantFrom(...places),
  }),
  { seed, numRuns: draws },
)
type Draw = (typeof drawn)[number]

/** Some end by themselves: docs/desks.md. */
const UNMANAGED = /^The window manager has ended/

/** By its code: it types nothing anywhere. */
const SCROLL_LOCK = 78

let desk: ManagedDesk | undefined
let manager: number | undefined
let mine = ''
let texts = 0

afterAll(async () => desk?.stop())

/** One desktop serves all draws with its window manager. */
async function deskWith(wanted: number): Promise<ManagedDesk> {
  const setup = managers[wanted]
  if (!setup) throw new Error('no such window manager')
  if (desk && manager === wanted && !desk.isUnmanaged()) return desk
  await desk?.stop()
  desk = await openManagedDesk(setup)
  manager = wanted
  mine = await desk.xterm('Mine', '40x12+860+430')
  const { input } = await desk.agents.window('Agent-1')
  await desk.pipe.call('agent.set', { name: 'Agent-1', at: input, window: '^Agent-1: chat$' })
  return desk
}

async function setLayout(at: ManagedDesk, layout: string, device: Draw['device']): Promise<void> {
  const { hand, keyboard } = at
  await hand('setxkbmap', 'us')
  if (device === 'all') await hand('setxkbmap', ...layout.split(' '))
  else {
    keyboard.layout(...layout.split(' '))
    // Used last, it is the one whose map programs see.
    await keyboard.tap(SCROLL_LOCK)
    await keyboard.tap(SCROLL_LOCK)
  }
}

/** Puts the agent there; gives the way back. */
async function put(at: ManagedDesk, place: Draw['place']): Promise<() => Promise<void>> {
  const { hand, agents } = at
  const { rect } = await agents.window('Agent-1')
  if (place === 'covered')
    await hand('wmctrl', '-i', '-r', mine, '-e', `0,${rect.x},${rect.y},${rect.width},${rect.height}`)
  if (place === 'minimized') await hand('xdotool', 'search', '--name', '^Agent-1: chat$', 'windowminimize')
  if (place === 'another workspace') await at.goTo(1)
  await hand('wmctrl', '-i', '-a', place === 'another workspace' ? '0x0' : mine)
  return async () => {
    if (place === 'covered') await hand('wmctrl', '-i', '-r', mine, '-e', '0,860,430,300,200')
    if (place === 'minimized') await agents.restore('Agent-1')
    if (place === 'another workspace') {
      // A window manager's own keys (dwm) are of the layout that it was begun with.
      await hand('setxkbmap', 'us')
      await at.goTo(0)
    }
    await hand('wmctrl', '-i', '-a', mine)
  }
}

/** Waits until it is delivered or waits for a reason; says which. */
async function outcome(
  { message }: ManagedDesk,
  id: string,
  isSettled: (why: string) => boolean,
): Promise<string> {
  let seen = ''
  await until(
    async () => {
      const { state, failure } = await message(id)
      seen = state === 'delivered' ? 'delivered' : `${state}: ${failure?.message ?? ''}`
      return (
        state === 'delivered' ||
        state === 'failed' ||
        state === 'in-doubt' ||
        isSettled(failure?.message ?? '')
      )
    },
    () => seen,
  ).catch(() => undefined)
  return seen
}

async function tryDraw(draw: Draw): Promise<string> {
  const at = await deskWith(draw.manager)
  const before = at.agents.submissions().length
  const clipboard = clipboardManagers[draw.clipboard]?.commands ?? []
  const running: ChildProcess[] = clipboard.map(([program, ...args]) =>
    spawn(program, args, { env: at.env, stdio: 'ignore' }),
  )
  const hindrance = hindrances[draw.hindrance]
  let id = ''
  let back: (() => Promise<void>) | undefined = await put(at, draw.place)
  try {
    await setLayout(at, draw.layout, draw.device)
    const kept = `copied ${++texts}`
    // What is copied across both ways has to be the same, or it goes round by itself.
    if (clipboard.length > 1) await at.clip.write('primary', kept)
    await at.clip.write('clipboard', kept)
    await until(
      async () => (await at.steady(async () => at.clip.read('clipboard'))) === kept,
      () => 'the clipboard manager keeps another text',
    )
    await hindrance?.on(at)
    const text = `message ${texts}`
    id = await at.send('Agent-1', text)
    const isHindered = (why: string) => hindrance?.reason.test(why) === true
    const isUnreached = (why: string) => unreached(draw)?.test(why) === true
    const isUnmanaged = (why: string) => at.isUnmanaged() && UNMANAGED.test(why)
    const isTrue = (why: string) => isHindered(why) || isUnreached(why) || isUnmanaged(why)
    const first = await outcome(at, id, isTrue)
    expect(first === 'delivered' || isTrue(first.replace(/^queued: /, '')), first).toBe(true)
    await hindrance?.off(at)
    const isStuck = (why: string) => isUnreached(why) || isUnmanaged(why)
    let last = first === 'delivered' ? first : await outcome(at, id, isStuck)
    const submitted = () => at.agents.submissions().slice(before)
    if (isUnmanaged(last.replace(/^queued: /, ''))) {
      expect(submitted()).toEqual([])
      return 'waited for a window manager'
    }
    // What cannot be brought to the front is delivered once a person has done that.
    if (last !== 'delivered' && isUnreached(last)) {
      await back()
      back = undefined
      await setLayout(at, draw.layout, draw.device)
      last = await outcome(at, id, () => false)
    }
    expect([last, submitted().map((one) => `${one.agent}: ${one.text}`)]).toEqual([
      'delivered',
      [`Agent-1: ${text}`],
    ])
    let copied = ''
    await until(
      async () => (copied = await at.clip.read('clipboard')) === kept,
      () => `the clipboard is lost: it holds ${copied}`,
    )
    return first === 'delivered' ? 'delivered' : 'waited'
  } finally {
    await hindrance?.off(at)
    // One that never went is nothing of the next draw's.
    await at.pipe.call('message.cancel', { id }).catch(() => undefined)
    for (const one of running) await stopProcess(one)
    await back?.()
    await at.hand('setxkbmap', 'us')
  }
}

/** Why a message may wait that this window manager cannot bring to the front. */
function unreached({ manager, place }: Draw): RegExp | undefined {
  return place !== 'in sight' && managers[manager]?.unable
    ? /Another window covers the input|is off the screen/
    : undefined
}

const named = drawn
  .toSorted((a, b) => a.manager - b.manager)
  .map((draw, index): [string, Draw] => [
    [
      `${seed}.${index + 1}`,
      managers[draw.manager]?.name,
      `${draw.layout} (${draw.device})`,
      draw.hindrance,
      clipboardManagers[draw.clipboard]?.name,
      draw.place,
    ].join(' · '),
    draw,
  ])
  .slice(from - 1, to)

test.for(named)('%s', async ([, draw], { task }) => {
  task.meta.cell = await tryDraw(draw)
})
