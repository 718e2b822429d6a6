import { isDeepStrictEqual } from 'node:util'
import type { Client, Xkb } from 'x11'
import type { KeyName } from '../desktop'

/** Keysyms (X11/keysymdef.h) of the keys a delivery presses. */
const keysyms: Readonly<Record<KeyName, number>> = {
  A: 0x61,
  C: 0x63,
  V: 0x76,
  Add: 0xffab,
  LeftControl: 0xffe3,
  LeftShift: 0xffe1,
  LeftSuper: 0xffeb,
  Enter: 0xff0d,
  Backspace: 0xff08,
  End: 0xff57,
  Down: 0xff54,
  Insert: 0xff63,
}
/** Where the letters lie on a keyboard with Latin ones, by XKB's names: row and column. */
const places: Partial<Readonly<Record<KeyName, string>>> = { A: 'AC01', C: 'AB03', V: 'AB04' }
/** What each must have in force once it is down, whatever the map makes of its key. */
const masks: Partial<Readonly<Record<KeyName, number>>> = {
  LeftShift: 0x01,
  LeftControl: 0x04,
  LeftSuper: 0x40,
}
const NUM_LOCK = 0xff7f
const CAPS_LOCK_MASK = 0x02

/** By key code; each group's first level, which is what the key gives without a modifier. */
type Symbols = ReadonlyMap<number, readonly number[]>

/** What each key of a device gives, and which modifiers it sets (XkbGetMap). */
export interface KeyMap {
  readonly keys: Symbols
  /** What they give by the other keyboards of the desk. */
  readonly others: readonly Symbols[]
  readonly modifiers: ReadonlyMap<number, number>
  /** The keys' codes by their place; empty where a group has Latin letters. */
  readonly places: ReadonlyMap<string, number>
}

/** Which codes press these keys, with this group of the map in force. */
export interface Codes {
  readonly group: number
  readonly code: (key: KeyName) => number
  /** The modifiers that these codes of modifier keys must set. */
  readonly mask: (codes: readonly number[]) => number
}

/**
 * Codes for all these keys: in the present group; else in another one of the map, which must then be in force; else, where no
 * group has Latin letters, by their place, which programs know a shortcut by then. Undefined where a key is nowhere.
 *
 * A program reads a key by the map of whichever keyboard was used last when it comes to read it, and that may be another one
 * by then: a code that is another key there is none.
 */
export function codesFor(keys: readonly KeyName[], map: KeyMap, present: number): Codes | undefined {
  const groups = Math.max(1, ...[...map.keys.values()].map((syms) => syms.length))
  const others = Array.from({ length: groups }, (_, group) => group).filter((group) => group !== present)
  const found = [present, ...others]
    .map((group) => codesIn(keys, map, group))
    .find((one) => one !== undefined)
  return found ?? codesIn(keys, map, present, placeOf)
}

type Find = (key: KeyName, map: KeyMap, group: number) => number | undefined

function codesIn(keys: readonly KeyName[], map: KeyMap, group: number, otherwise?: Find): Codes | undefined {
  const codes = new Map<KeyName, number>()
  for (const key of keys) {
    const code = codeOf(keysyms[key], map, group) ?? otherwise?.(key, map, group)
    if (code === undefined) return undefined
    codes.set(key, code)
  }
  const bits = new Map([...codes].map(([key, code]) => [code, masks[key] ?? 0]))
  const mask = (held: readonly number[]) => held.reduce((all, code) => all | (bits.get(code) ?? 0), 0)
  return { group, code: (key) => codes.get(key) ?? 0, mask }
}

/** The server itself knows modifiers, by the map of the keyboard that pressed them. */
const isModifier = (keysym: number) => keysym >= 0xffe1 && keysym <= 0xffee

function codeOf(keysym: number, { keys, others }: KeyMap, group: number): number | undefined {
  const isIt = (all: Symbols, code: number) => symIn(all.get(code) ?? [], group) === keysym
  for (const code of keys.keys())
    if (isIt(keys, code) && (isModifier(keysym) || others.every((one) => isIt(one, code)))) return code
  return undefined
}

/** Keysyms for keys that have none on any keyboard yet, by code: with them these keys are the same on all. Undefined where too few are free. */
export function sparesFor(keys: readonly KeyName[], map: KeyMap): ReadonlyMap<number, number> | undefined {
  const lacking = [...new Set(keys.map((key) => keysyms[key]))].filter(
    (keysym) => codeOf(keysym, map, 0) === undefined,
  )
  const isFree = (code: number) =>
    !map.modifiers.has(code) &&
    [map.keys, ...map.others].every((one) => (one.get(code) ?? []).every((keysym) => keysym === 0))
  const free = [...map.keys.keys()].filter(isFree).toReversed()
  if (free.length < lacking.length) return undefined
  return new Map(lacking.map((keysym, index) => [free[index] ?? 0, keysym]))
}

/** A key with fewer groups than the map begins again at its first. */
function symIn(syms: readonly number[], group: number): number | undefined {
  return syms[group % syms.length]
}

/** Not where another Latin letter lies there: Ctrl with that one would be another shortcut. */
function placeOf(key: KeyName, { keys, others, places: codes }: KeyMap, group: number): number | undefined {
  const code = codes.get(places[key] ?? '')
  if (code === undefined) return undefined
  const syms = [keys, ...others].map((one) => symIn(one.get(code) ?? [], group))
  return syms.some((sym) => sym !== undefined && isLatin(sym) && sym !== keysyms[key]) ? undefined : code
}

function isLatin(sym: number): boolean {
  return (sym >= 0x41 && sym <= 0x5a) || (sym >= 0x61 && sym <= 0x7a)
}

/** Caps Lock and Num Lock change none of the keys that are pressed here. */
export function harmlessLocks(map: KeyMap): number {
  const lock = codeOf(NUM_LOCK, map, 0)
  return CAPS_LOCK_MASK | (lock === undefined ? 0 : (map.modifiers.get(lock) ?? 0))
}

/** Reads the map of this very device, whatever keyboard was used last, and what the others' keys give. */
export async function readKeyMap(
  client: Client,
  xkb: Xkb,
  device: number,
  others: readonly number[],
): Promise<KeyMap> {
  const read = async (one: number) => parse(await getMap(client, xkb, one))
  // One that was unplugged has none.
  const besides = others.map(async (other) => read(other).catch(() => undefined))
  const [map, ...rest] = await Promise.all([read(device), ...besides])
  const hasLatin = [...map.keys.values()].some((syms) => syms.includes(keysyms.A))
  return {
    ...map,
    others: rest.flatMap((other) => (other && !isDeepStrictEqual(other.keys, map.keys) ? [other.keys] : [])),
    places: hasLatin ? new Map<string, number>() : await placesOf(xkb, device),
  }
}

async function placesOf(xkb: Xkb, device: number): Promise<Map<string, number>> {
  const { firstKey, keyNames } = await new Promise<{ firstKey: number; keyNames: string[] }>(
    (resolve, reject) => {
      xkb.GetNames(device, xkb.NameDetail.KeyNames, (error, names) =>
        error ? reject(error) : resolve(names),
      )
    },
  )
  return new Map(keyNames.map((name, index) => [name, firstKey + index]))
}

const GET_MAP = 8
const KEY_SYMS = 1 << 1
const MODIFIER_MAP = 1 << 2

/**
 * XkbGetMap, which the package lacks (X Keyboard Extension protocol, 16.3.6 and appendix D; xkbGetMapReq in XKBproto.h):
 * key symbols and modifiers of all keys. Answers with the reply from its ninth byte on.
 */
async function getMap(client: Client, { majorOpcode }: Xkb, device: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const request = Buffer.alloc(28)
    request.writeUInt8(majorOpcode, 0)
    request.writeUInt8(GET_MAP, 1)
    request.writeUInt16LE(request.length / 4, 2)
    request.writeUInt16LE(device, 4)
    request.writeUInt16LE(KEY_SYMS | MODIFIER_MAP, 6)
    client.seq_num++
    client.pack_stream.put(request)
    client.replies[client.seq_num] = [
      (reply) => Buffer.from(reply),
      (error, reply) => (error ? reject(error) : resolve(reply)),
    ]
    client.pack_stream.submit(true)
  })
}

function parse(reply: Buffer): Pick<KeyMap, 'keys' | 'modifiers'> {
  const firstKey = reply.readUInt8(9)
  const keyCount = reply.readUInt8(12)
  const modifierCount = reply.readUInt8(25)
  const keys = new Map<number, readonly number[]>()
  let at = 32
  // Each key: four bytes of types, groups, width (the most levels of a group), then a symbol for each level of each group.
  for (let key = firstKey; key < firstKey + keyCount; key++) {
    const [groups, width, count] = [
      reply.readUInt8(at + 4) & 0x0f,
      reply.readUInt8(at + 5),
      reply.readUInt16LE(at + 6),
    ]
    const from = at + 8
    keys.set(
      key,
      Array.from({ length: groups }, (_, group) => reply.readUInt32LE(from + group * width * 4)),
    )
    at = from + count * 4
  }
  const pairs = Array.from({ length: modifierCount }, (_, index) => at + index * 2)
  return { keys, modifiers: new Map(pairs.map((from) => [reply.readUInt8(from), reply.readUInt8(from + 1)])) }
}
