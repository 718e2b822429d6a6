import { connectX11, type X11Connection } from './connection'
import { windowProgram } from './programs'

/** Who has what a person copied or marked last. */
export interface Holding {
  readonly what: 'copied' | 'marked'
  /** As the system calls the program; empty where it does not tell. */
  readonly program: string
  /** It stands still, and hands nothing over. */
  readonly isStopped: boolean
}

/** The predefined atom of the primary selection. */
const PRIMARY = 1

/**
 * Who has what was copied and what was marked; nobody, where there is nothing. Asks the server alone and none of them: a
 * program whose answer finds nobody any more may end of it, and take along what it has. Rejects with a sentence where that
 * display cannot be reached.
 */
export async function lookAtClipboard(display: string): Promise<Holding[]> {
  const x = await connectX11(display)
  try {
    const found = [await holding(x, 'copied', x.atom('CLIPBOARD')), await holding(x, 'marked', PRIMARY)]
    return found.filter((one) => one !== undefined)
  } finally {
    x.close()
  }
}

async function holding(
  x: X11Connection,
  what: Holding['what'],
  selection: number,
): Promise<Holding | undefined> {
  const owner = await x.ask<number>((done) => x.client.GetSelectionOwner(selection, done))
  if (owner === 0) return undefined
  return { what, ...(await windowProgram(x, owner)) }
}
