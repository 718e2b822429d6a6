import type { Look } from '../look'
import { unlessRefused, type Asking } from './asking'
import { NoAnswer, type Ref } from './talk'

type Elsewhere = Extract<Look, { kind: 'elsewhere' }>

/** A page of more objects than this is not searched for what has the focus. */
const BUDGET = 1500
const LIMIT_MS = 400
const DEEPEST = 60
const TOP = 20
const BUTTONS = new Set([
  'push button',
  'button',
  'toggle button',
  'check box',
  'radio button',
  'link',
  'menu item',
  'button menu',
])
const DIALOGS = new Set(['dialog', 'alert', 'notification'])

/** What has the focus in a window, as far as its program tells in time. */
export async function focusIn(asking: Asking, frame: Ref): Promise<Elsewhere> {
  try {
    return await focusAmong(asking.within(LIMIT_MS), frame)
  } catch (error) {
    if (error instanceof NoAnswer && error.why !== 'closed') return unknown
    throw error
  }
}

const unknown: Elsewhere = { kind: 'elsewhere', role: 'unknown', name: '', isQuestion: false }

async function focusAmong(asking: Asking, frame: Ref): Promise<Elsewhere> {
  const of = await focusedBelow(asking, frame)
  if (!of) return unknown
  const [role, name, text] = await Promise.all([
    asking.role(of),
    unlessRefused(asking.name(of), ''),
    unlessRefused(asking.text(of), undefined),
  ])
  const isQuestion = BUTTONS.has(role) || DIALOGS.has(role) || (await isInDialog(asking, of))
  return { kind: 'elsewhere', role, name, isQuestion, ...(text !== undefined && { text }) }
}

/** The innermost that has it. Level by level, the last of each first: dialogs stand at a page's end. */
async function focusedBelow(asking: Asking, frame: Ref): Promise<Ref | undefined> {
  let level: readonly Ref[] = [frame]
  let left = BUDGET
  let found: Ref | undefined
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
    const kids = (await Promise.all(level.map(async (one) => unlessRefused(asking.children(one), []))))
      .flat()
      .slice(-left)
    left -= kids.length
    const all = await Promise.all(
      kids.map(async (kid) => ({ kid, is: await unlessRefused(asking.states(kid), () => false) })),
    )
    const focused = all.findLast(({ is }) => is('focused'))?.kid
    // A page has it where nothing in it has: no need to look at all of that.
    if (found && !focused) break
    found = focused
    if (left <= 0) break
    level = focused ? [focused] : all.filter(({ is }) => is('showing')).map(({ kid }) => kid)
  }
  return found
}

async function isInDialog(asking: Asking, of: Ref): Promise<boolean> {
  let at: Ref | undefined = of
  for (let steps = 0; steps < TOP && at; steps++) {
    if (DIALOGS.has(await asking.role(at))) return true
    at = await unlessRefused(asking.parent(at), undefined)
  }
  return false
}
