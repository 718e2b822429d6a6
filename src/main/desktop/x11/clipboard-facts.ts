import { connectX11, type X11Connection } from './connection'
import { windowProgram } from './programs'
import { SelectionReader } from './selection'

/** Who has what was copied or what was marked, and whether it is handed over. */
export interface Holding {
  readonly what: 'copied' | 'marked'
  /** As the system calls the program; empty where it does not tell. */
  readonly program: string
  readonly answers: boolean
}

/** The predefined atom of the primary selection. */
const PRIMARY = 1

/**
 * Who has what a person copied and marked last; nobody, where there is nothing. Asks over a connection of its own, waits two
 * seconds for each, and looks at no content. Rejects with a sentence where that display cannot be reached.
 */
export async function lookAtClipboard(display: string): Promise<Holding[]> {
  const x = await connectX11(display)
  try {
    const reader = new SelectionReader(x)
    const found = await Promise.all([
      holding(x, reader, 'copied', x.atom('CLIPBOARD')),
      holding(x, reader, 'marked', PRIMARY),
    ])
    return found.filter((one) => one !== undefined)
  } finally {
    x.close()
  }
}

async function holding(
  x: X11Connection,
  reader: SelectionReader,
  what: Holding['what'],
  selection: number,
): Promise<Holding | undefined> {
  const owner = await x.ask<number>((done) => x.client.GetSelectionOwner(selection, done))
  if (owner === 0) return undefined
  const answers = reader.read({ selection, target: x.atom('TARGETS') }).then(
    () => true,
    () => false,
  )
  return { what, program: await windowProgram(x, owner), answers: await answers }
}
