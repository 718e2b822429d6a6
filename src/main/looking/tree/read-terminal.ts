import type { TerminalText } from '../look'
import type { Asking } from './asking'
import type { Ref } from './talk'

const DEEPEST = 20
const MOST_OBJECTS = 400
/** A program may draw between a question and the next; so often it is asked again until nothing came in between. */
const TRIES = 3

/** The one terminal that shows in a window; undefined where there is none, or more than one. */
export async function terminalIn(asking: Asking, frame: Ref): Promise<Ref | undefined> {
  const found: Ref[] = []
  let left = MOST_OBJECTS
  const search = async (of: Ref, depth: number): Promise<void> => {
    const kids = await asking.children(of)
    left -= kids.length
    if (left < 0 || depth > DEEPEST) return
    await Promise.all(kids.map(async (kid) => meet(kid, depth)))
  }
  const meet = async (of: Ref, depth: number): Promise<void> => {
    const [role, is] = await Promise.all([asking.role(of), asking.states(of)])
    if (!is('showing')) return
    if (role === 'terminal') found.push(of)
    else await search(of, depth + 1)
  }
  await search(frame, 0)
  return left < 0 || found.length > 1 ? undefined : found[0]
}

/** Text and cursor of the same moment, undefined where the object has no text. */
export async function readTerminal(asking: Asking, of: Ref): Promise<TerminalText | undefined> {
  for (let tries = 1; ; tries += 1) {
    const [before, caret, after, is] = await Promise.all([
      asking.text(of),
      asking.caret(of),
      asking.text(of),
      asking.states(of),
    ])
    if (before === undefined || after === undefined) return undefined
    const isOfOneMoment = before === after
    if (!isOfOneMoment && tries < TRIES) continue
    const known = isOfOneMoment ? caret : undefined
    const cursor = known === undefined ? undefined : placeOf(after, known)
    return { kind: 'terminal', rows: after.split('\n'), cursor, caret: known, isFocused: is('focused') }
  }
}

function placeOf(text: string, caret: number): { x: number; y: number } {
  const rows = Array.from(text).slice(0, caret).join('').split('\n')
  return { x: Array.from(rows.at(-1) ?? '').length, y: rows.length - 1 }
}
