import { spawn, type ChildProcess } from 'node:child_process'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { stopProcess } from '../../scripts/lib/services.mjs'
import { clipboardManagers } from './clipboard-managers'
import { openManagedDesk, until, type ManagedDesk } from './desk'
import { managers } from './managers'

// Desks drawn by chance, by `npm run desks -- --draws 200`: every message is right, or waits with a true reason and goes
// once that is over.

const draws = Number(process.env['WAGGLE_DRAWS'] ?? 5)
const seed = Number(process.env['WAGGLE_SEED'] ?? 1)

/** What a person does that changes keys, what the message says then, and how it ends. */
interface Hindrance {
  readonly on: readonly (readonly [string, ...string[]])[]
  readonly off: readonly (readonly [string, ...string[]])[]
  readonly reason: RegExp
}

const held = (key: string): Hindrance => ({
  on: [['xdotool', 'keydown', key]],
  off: [['xdotool', 'keyup', key]],
  reason: /^A key is held down/,
})
const feature = (name: string, words: RegExp, ...more: readonly string[]): Hindrance => ({
  on: [['xkbset', name, ...more]],
  off: [['xkbset', `-${name}`]],
  reason: words,
})
const locking = (key: string): Hindrance => ({
  on: [['xdotool', 'key', key]],
  off: [['xdotool', 'key', key]],
  reason: /^never$/,
})

const hindrances: Readonly<Record<string, Hindrance | undefined>> = {
  nothing: undefined,
  'Shift held': held('Shift_L'),
  'Ctrl held': held('Control_L'),
  'Alt held': held('Alt_L'),
  'Caps Lock': locking('Caps_Lock'),
  'Num Lock': locking('Num_Lock'),
  'slow keys': feature('slowkeys', /^Slow keys are on/, '200'),
  'bounce keys': feature('bouncekeys', /^Bounce keys are on/, '200'),
  'sticky keys': feature('sticky', /^Sticky keys are on/),
  'mouse keys': feature('mousekeys', /^Mouse keys are on/),
}
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

let desk: ManagedDesk | undefined
let manager: number | undefined
let mine = ''
let texts = 0

afterAll(async () => desk?.stop())

/** One desktop serves all draws with its window manager. */
async function deskWith(wanted: number): Promise<ManagedDesk> {
  const setup = managers[wanted]
  if (!setup) throw new Error('no such window manager')
  if (desk && manager === wanted) return desk
  await desk?.stop()
  desk = await openManagedDesk(setup)
  manager = wanted
  mine = await desk.xterm('Mine', '40x12+860+430')
  const { input } = await desk.agents.window('Agent-1')
  await desk.pipe.call('agent.set', { name: 'Agent-1', at: input, window: '^Agent-1: chat$' })
  return desk
}

async function setLayout({ hand }: ManagedDesk, layout: string, device: Draw['device']): Promise<void> {
  await hand('setxkbmap', 'us')
  if (device === 'all') await hand('setxkbmap', ...layout.split(' '))
  else {
    const listed = await hand('xinput', 'list', '--short')
    const id = /Xvfb virtual keyboard\s+id=(\d+)/.exec(listed)?.[1]
    await hand('setxkbmap', ...(id === undefined ? [] : ['-device', id]), ...layout.split(' '))
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
    if (place === 'another workspace') await at.goTo(0)
    await hand('wmctrl', '-i', '-a', mine)
  }
}

const run = async ({ hand }: ManagedDesk, commands: Hindrance['on']) => {
  for (const [program, ...args] of commands) await hand(program, ...args)
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
  const back = await put(at, draw.place)
  try {
    await setLayout(at, draw.layout, draw.device)
    const kept = `copied ${++texts}`
    await at.clip.write('clipboard', kept)
    await at.steady(async () => at.clip.read('clipboard'))
    if (hindrance) await run(at, hindrance.on)
    const text = `message ${texts}`
    const id = await at.send('Agent-1', text)
    const first = await outcome(at, id, (why) => hindrance?.reason.test(why) === true)
    if (hindrance) await run(at, hindrance.off)
    const last = first === 'delivered' ? first : await outcome(at, id, () => false)
    const submitted = at.agents.submissions().slice(before)
    expect([last, submitted.map((one) => `${one.agent}: ${one.text}`)]).toEqual([
      'delivered',
      [`Agent-1: ${text}`],
    ])
    await until(
      async () => (await at.clip.read('clipboard')) === kept,
      () => 'the clipboard is lost',
    )
    return first === 'delivered' ? 'delivered' : 'waited'
  } finally {
    if (hindrance) await run(at, hindrance.off)
    for (const one of running) await stopProcess(one)
    await back()
    await at.hand('setxkbmap', 'us')
  }
}

const named = drawn
  .toSorted((a, b) => a.manager - b.manager)
  .map((draw) => ({
    draw,
    words: [
      managers[draw.manager]?.name,
      `${draw.layout} (${draw.device})`,
      draw.hindrance,
      clipboardManagers[draw.clipboard]?.name,
      draw.place,
    ].join(' · '),
  }))

test.for(named)('$words', async ({ draw }, { task }) => {
  task.meta.cell = await tryDraw(draw)
})
