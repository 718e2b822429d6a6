import type { Point, Rect } from '../../desktop/desktop'
import type { Place } from '../look'
import type { Asking, States } from './asking'
import { unlessRefused } from './asking'
import type { Ref } from './talk'

/** An object with what was asked of it on the way. */
interface Met {
  readonly of: Ref
  readonly rect: Rect | undefined
  readonly is: States
}

/** What stands at a point of a window. */
export interface Under {
  readonly input: Ref | undefined
  /** True where the program shows an empty page. */
  readonly isPageEmpty: boolean
  /** True where there is a page at all. */
  readonly hasPage: boolean
}

/** A page of this many objects below the point is not searched on. */
const BUDGET = 3000
const DEEPEST = 60
/** Monaco's textarea is a pixel wide, and not at the point. */
const TINY = 4
/** A point beside the letters, in the input's own margin. */
const MARGIN = 24
const INPUT_ROLES = new Set(['entry', 'text', 'password text'])
const PAGE_ROLES = new Set(['document web', 'document frame'])

/** The input at the point: down along what contains it, so that a page's other contents are not asked. */
export async function inputUnder(asking: Asking, frame: Ref, point: Point): Promise<Under> {
  for (const margin of [0, MARGIN]) {
    const search = new Search(asking, point, margin)
    await search.into(frame, 0)
    const input = search.best()
    if (input || search.isPageEmpty) return { input, isPageEmpty: search.isPageEmpty, hasPage: true }
    if (margin > 0) return { input: undefined, isPageEmpty: false, hasPage: search.hasPage }
  }
  return { input: undefined, isPageEmpty: false, hasPage: false }
}

class Search {
  isPageEmpty = false
  hasPage = false
  readonly #asking: Asking
  readonly #point: Point
  readonly #margin: number
  readonly #editable: Met[] = []
  readonly #tiny: Met[] = []
  readonly #locked: Met[] = []
  #left = BUDGET

  constructor(asking: Asking, point: Point, margin: number) {
    this.#asking = asking
    this.#point = point
    this.#margin = margin
  }

  /** What takes text and has the focus, else lies topmost; only then what takes none now. */
  best(): Ref | undefined {
    for (const found of [this.#editable, this.#tiny, this.#locked]) {
      const one = found.find(({ is }) => is('focused')) ?? found.at(-1)
      if (one) return one.of
    }
    return undefined
  }

  async into(of: Ref, depth: number): Promise<void> {
    const kids = await this.#asking.children(of)
    if (kids.length === 0) await this.#lookAtEnd(of)
    this.#left -= kids.length
    if (this.#left < 0 || depth > DEEPEST) return
    const met = await Promise.all(kids.map(async (kid) => this.#meet(kid)))
    const inner = met.filter((one) => this.#leadsOn(one))
    // One after the other, so that what lies on top comes last.
    for (const one of inner) await this.#enter(one, depth)
  }

  async #meet(of: Ref): Promise<Met> {
    const [rect, is] = await Promise.all([this.#asking.rect(of), this.#asking.states(of)])
    return { of, rect, is }
  }

  #leadsOn(one: Met): boolean {
    const { rect, is } = one
    const isSmall = rect !== undefined && (rect.width <= TINY || rect.height <= TINY)
    if (is('editable') && isSmall && is('showing')) this.#tiny.push(one)
    if (is('editable') && isSmall) return false
    // Without a size, a thing may have contents all the same: those that are taken out of the flow.
    if (rect === undefined || rect.width === 0 || rect.height === 0) return true
    return is('showing') && isNear(rect, this.#point, this.#margin)
  }

  async #enter(one: Met, depth: number): Promise<void> {
    if (one.is('editable') && one.rect && one.rect.width > 0) {
      const isOpen = one.is('enabled') && !one.is('read-only')
      ;(isOpen ? this.#editable : this.#locked).push(one)
      return
    }
    const role = await this.#asking.role(one.of)
    if (PAGE_ROLES.has(role)) {
      this.hasPage = true
      if (one.is('showing') && (one.rect?.width === 0 || one.rect?.height === 0)) this.isPageEmpty = true
    }
    if (INPUT_ROLES.has(role) && one.rect && one.rect.width > 0) this.#locked.push(one)
    else await this.into(one.of, depth + 1)
  }

  /** A page without anything in it is one that is not shown yet, or not shown any more. */
  async #lookAtEnd(of: Ref): Promise<void> {
    if (PAGE_ROLES.has(await this.#asking.role(of))) this.isPageEmpty = true
  }
}

function isNear({ x, y, width, height }: Rect, point: Point, margin: number): boolean {
  const isBeside = point.x < x - margin || point.x >= x + width + margin
  return !isBeside && point.y >= y - margin && point.y < y + height + margin
}

const CLOSE = 80

/** The window's object among those of its program: by where it stands and what it is called. */
export async function frameOf(asking: Asking, program: Ref, place: Place): Promise<Ref | undefined> {
  const frames = await asking.children(program)
  const rated = frames.map(async (frame) => {
    const [name, rect] = await Promise.all([unlessRefused(asking.name(frame), ''), asking.rect(frame)])
    return { frame, worth: worth(place, name.trim(), rect) }
  })
  const best = (await Promise.all(rated)).reduce<{ frame?: Ref; worth: number }>(
    (best, one) => (one.worth > best.worth ? one : best),
    { worth: 0 },
  )
  return best.frame
}

/** kwrite's name is a part of its title, and GTK counts the window manager's frame as the window's. */
function worth(place: Place, name: string, rect: Rect | undefined): number {
  const title = place.title.trim()
  const byName = name === title ? 3 : name !== '' && title.startsWith(name) ? 2 : 0
  if (!rect) return byName
  const { x, y, width, height } = place.rect
  const off = [rect.x - x, rect.y - y, rect.width - width, rect.height - height]
  const isThere = off.reduce((sum, one) => sum + Math.abs(one), 0) <= CLOSE
  return byName + (isThere ? 2 : 0) + (isNear(rect, place.point, 0) ? 1 : 0)
}
