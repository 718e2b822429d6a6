import type { Point, Rect } from '../../desktop/desktop'
import type { Place } from '../look'
import type { Asking, States } from './asking'
import { unlessRefused } from './asking'
import type { Ref } from './talk'

/** What stands at a point of a window. */
export interface Under {
  readonly input: Ref | undefined
  /** True where the program shows an empty page. */
  readonly isPageEmpty: boolean
  /** True where there is a page at all. */
  readonly hasPage: boolean
}

/** An object that takes text, now or at other times. */
interface Candidate {
  readonly of: Ref
  readonly isFocused: boolean
  readonly kind: 'open' | 'tiny' | 'locked'
}

interface Met {
  readonly of: Ref
  readonly rect: Rect | undefined
  readonly is: States
}

/** A page of more objects around the point is not searched on. */
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
  let hasPage = false
  for (const margin of [0, MARGIN]) {
    const search = new Search(asking, point, margin)
    const input = best(await search.into(frame, 0, false))
    hasPage ||= search.hasPage
    if (input || search.isPageEmpty) return { input, isPageEmpty: search.isPageEmpty, hasPage }
  }
  return { input: undefined, isPageEmpty: false, hasPage }
}

/** What takes text and has the focus, else lies topmost; only then what takes none now. */
function best(candidates: readonly Candidate[]): Ref | undefined {
  for (const kind of ['open', 'tiny', 'locked']) {
    const those = candidates.filter((one) => one.kind === kind)
    const one = those.find(({ isFocused }) => isFocused) ?? those.at(-1)
    if (one) return one.of
  }
  return undefined
}

class Search {
  isPageEmpty = false
  hasPage = false
  readonly #asking: Asking
  readonly #point: Point
  readonly #margin: number
  #left = BUDGET

  constructor(asking: Asking, point: Point, margin: number) {
    this.#asking = asking
    this.#point = point
    this.#margin = margin
  }

  /** The candidates below, in the order of the page: what lies on top comes last. */
  async into(of: Ref, depth: number, isInPage: boolean): Promise<readonly Candidate[]> {
    const kids = await this.#asking.children(of)
    this.#left -= kids.length
    if (this.#left < 0 || depth > DEEPEST) return []
    const met = await Promise.all(kids.map(async (kid) => this.#meet(kid)))
    const found = met.map(async (one): Promise<readonly Candidate[]> => {
      if (one.is('editable') && isTiny(one.rect)) return one.is('showing') ? [candidate(one, 'tiny')] : []
      return this.#leadsOn(one, isInPage) ? this.#enter(one, of, depth, isInPage) : []
    })
    return (await Promise.all(found)).flat()
  }

  async #meet(of: Ref): Promise<Met> {
    const [rect, is] = await Promise.all([this.#asking.rect(of), this.#asking.states(of)])
    return { of, rect, is }
  }

  #leadsOn({ rect, is }: Met, isInPage: boolean): boolean {
    // Without a size, a thing may have contents all the same: those that a page takes out of the flow.
    if (rect === undefined || rect.width === 0 || rect.height === 0) return isInPage || is('showing')
    return is('showing') && isNear(rect, this.#point, this.#margin)
  }

  async #enter(one: Met, parent: Ref, depth: number, isInPage: boolean): Promise<readonly Candidate[]> {
    const { of, rect, is } = one
    if (is('editable')) {
      const kind = is('enabled') && !is('read-only') ? 'open' : 'locked'
      // A paragraph: Chromium may not have heard that its editor takes text again.
      const isPart = !is('focusable') && !is('multi-line') && !is('single-line')
      return [candidate({ ...one, of: isPart ? parent : of }, kind)]
    }
    const role = await this.#asking.role(of)
    if (INPUT_ROLES.has(role)) return [candidate(one, 'locked')]
    const isPage = PAGE_ROLES.has(role)
    if (isPage) this.hasPage = true
    // A page without size or contents is one that is not shown yet, or not shown any more.
    if (isPage && is('showing') && (rect?.width === 0 || rect?.height === 0)) this.isPageEmpty = true
    if (isPage && (await this.#asking.children(of)).length === 0) this.isPageEmpty = true
    return this.into(of, depth + 1, isInPage || isPage)
  }
}

function candidate({ of, is }: Met, kind: Candidate['kind']): Candidate {
  return { of, kind, isFocused: is('focused') }
}

function isTiny(rect: Rect | undefined): boolean {
  return rect !== undefined && (rect.width <= TINY || rect.height <= TINY)
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
