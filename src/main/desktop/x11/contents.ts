import type { X11Connection } from './connection'
import type { Form, SelectionReader } from './selection'

/** Everything a clipboard holds, by the atom of each form. */
export type Contents = ReadonlyMap<number, Form>

/** Forms that ask the owner to do something, or say something about the others. */
const notContents = new Set([
  'TARGETS',
  'MULTIPLE',
  'TIMESTAMP',
  'SAVE_TARGETS',
  'DELETE',
  'INSERT_SELECTION',
  'INSERT_PROPERTY',
])
/** An owner that answers slowly must not hold up a delivery for longer; what was read by then is what is kept. */
const DEADLINE_MS = 1000
const MAX_BYTES = 64 * 1024 * 1024

/** Reads the clipboard in every form its owner has; of several image forms the PNG alone. Empty when it has no owner. */
export async function readContents(x: X11Connection, reader: SelectionReader): Promise<Contents> {
  const contents = new Map<number, Form>()
  const end = performance.now() + DEADLINE_MS
  let bytes = 0
  for (const target of await targetsOf(x, reader)) {
    const form = await reader.read(target).catch(() => undefined)
    bytes += form?.data.length ?? 0
    if (performance.now() > end || bytes > MAX_BYTES) break
    if (form) contents.set(target, form)
  }
  return contents
}

async function targetsOf(x: X11Connection, reader: SelectionReader): Promise<number[]> {
  const list = await reader.read(x.atom('TARGETS')).catch(() => undefined)
  if (!list) return []
  const atoms = Array.from({ length: Math.floor(list.data.length / 4) }, (_, index) =>
    list.data.readUInt32LE(index * 4),
  )
  const named = await Promise.all(atoms.map(async (atom) => ({ atom, name: await nameOf(x, atom) })))
  const hasPng = named.some(({ name }) => name === 'image/png')
  const isKept = ({ name }: { name: string }) =>
    !notContents.has(name) && !(hasPng && name.startsWith('image/') && name !== 'image/png')
  return named.filter(isKept).map(({ atom }) => atom)
}

async function nameOf(x: X11Connection, atom: number): Promise<string> {
  return x.ask<string>((done) => x.client.GetAtomName(atom, done)).catch(() => '')
}
