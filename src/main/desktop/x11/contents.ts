import type { X11Connection } from './connection'
import type { Form, SelectionReader } from './selection'
import { words } from './window-facts'

/** Everything a selection holds, by the atom of each form. */
export type Contents = ReadonlyMap<number, Form>

/** One of the forms, spelled so that it holds over another connection, too. */
export interface NamedForm {
  readonly name: string
  readonly type: string
  readonly data: Uint8Array
}

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
/** What an owner that cannot list its forms may have. */
const usualForms = ['UTF8_STRING', 'STRING'] as const
/** Whoever waits for it has given up long before; a slow owner's answer is there for the next one. */
const PATIENCE_MS = 30_000
const MAX_BYTES = 512 * 1024 * 1024

/**
 * Reads a selection in every form its owner has; of several image forms the PNG alone. Empty when it has no owner. Rejects
 * when the owner stops answering, or when it holds too much.
 */
export async function readContents(
  x: X11Connection,
  reader: SelectionReader,
  selection: number,
): Promise<Contents> {
  const contents = new Map<number, Form>()
  let bytes = 0
  for (const target of await targetsOf(x, reader, selection)) {
    const form = await reader.read({ selection, target, patienceMs: PATIENCE_MS })
    bytes += form?.data.length ?? 0
    if (bytes > MAX_BYTES) throw new Error(`it holds more than ${MAX_BYTES / 1024 / 1024} MB`)
    if (!form) continue
    contents.set(target, form)
    // So that the client knows it when there is nobody to ask any more.
    await nameOf(x, form.type)
  }
  return contents
}

/** As the connection knows their names: nothing is asked. */
export function namedForms({ client }: X11Connection, contents: Contents): NamedForm[] {
  return [...contents].flatMap(([atom, form]) => {
    const [name, type] = [client.atom_names[atom], client.atom_names[form.type]]
    return name === undefined || type === undefined ? [] : [{ name, type, data: form.data }]
  })
}

export async function fromNamedForms(x: X11Connection, forms: readonly NamedForm[]): Promise<Contents> {
  const atom = async (name: string) => x.ask<number>((done) => x.client.InternAtom(false, name, done))
  const contents = new Map<number, Form>()
  for (const { name, type, data } of forms)
    contents.set(await atom(name), { type: await atom(type), data: Buffer.from(data) })
  return contents
}

async function targetsOf(x: X11Connection, reader: SelectionReader, selection: number): Promise<number[]> {
  const list = await reader.read({ selection, target: x.atom('TARGETS'), patienceMs: PATIENCE_MS })
  if (!list) return usualForms.map((name) => x.atom(name))
  const atoms = [...new Set(words(list.data))]
  const named = await Promise.all(atoms.map(async (atom) => ({ atom, name: await nameOf(x, atom) })))
  const hasPng = named.some(({ name }) => name === 'image/png')
  const isKept = ({ name }: { name: string }) =>
    !notContents.has(name) && !(hasPng && name.startsWith('image/') && name !== 'image/png')
  return named.filter(isKept).map(({ atom }) => atom)
}

async function nameOf(x: X11Connection, atom: number): Promise<string> {
  return x.ask<string>((done) => x.client.GetAtomName(atom, done)).catch(() => '')
}
