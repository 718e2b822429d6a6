import { closeSync, openSync, readFileSync, readSync, readdirSync, readlinkSync, statSync } from 'node:fs'
import type { Process } from '../reader'

// How agents' own files are read: what is not there, not readable or half written is as if nothing stood there.

/** A prompt that stands in a record. */
export interface Prompt {
  readonly text: string
  /** In ms since 1970. */
  readonly at: number
}

/** A record grows with everything that is said; what was asked just now stands at its end. */
const LONGEST_TAIL = 4 * 1024 * 1024
const LONGEST_FIRST_LINE = 1024 * 1024

/** The prompts since then in a file of one JSON value a line. */
export function promptsIn(
  path: string,
  since: number,
  promptOf: (entry: Fields) => Prompt | undefined,
): string[] {
  return lastBytes(path, LONGEST_TAIL)
    .split('\n')
    .flatMap((line) => {
      const prompt = promptOf(fieldsOf(line))
      return prompt && prompt.at >= since ? [prompt.text] : []
    })
}

/** What the first line of such a file says. */
export function headOf(path: string): Fields {
  const [line = ''] = bytesOf(path, 0, LONGEST_FIRST_LINE).split('\n', 1)
  return fieldsOf(line)
}

/** What a file with one JSON value says. */
export function jsonIn(path: string): Fields {
  try {
    return fieldsOf(readFileSync(path, 'utf8'))
  } catch {
    return {}
  }
}

/** Whether a file was written to since then (ms since 1970): cheaper than reading what it says. */
export function wasWrittenSince(path: string, since: number): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= since
}

/** The names in a folder. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

export type Fields = Readonly<Record<string, unknown>>

export function fieldsOf(json: string): Fields {
  try {
    return asFields(JSON.parse(json))
  } catch {
    return {}
  }
}

export function asFields(value: unknown): Fields {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

/** The text of a list of parts, `[{ text }]`. */
export function textOfParts(parts: unknown): string | undefined {
  if (!Array.isArray(parts)) return undefined
  const texts = parts.map((part) => asFields(part)['text']).filter((text) => typeof text === 'string')
  return texts.length > 0 ? texts.join('\n') : undefined
}

/** ISO 8601 in ms since 1970. */
export function timeOf(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : Number.NaN
}

/** Where a process works, and its variables. */
export interface Surroundings {
  readonly folder: string
  variable(name: string): string | undefined
}

/** Where they are not told, it has no variables and a folder that no agent works in. */
export function surroundingsOf({ pid }: Pick<Process, 'pid'>): Surroundings {
  try {
    const pairs = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
    const folder = readlinkSync(`/proc/${pid}/cwd`)
    return {
      folder,
      variable: (name) => pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1),
    }
  } catch {
    return { folder: '', variable: () => undefined }
  }
}

function lastBytes(path: string, most: number): string {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  return bytesOf(path, Math.max(0, size - most), most)
}

function bytesOf(path: string, from: number, most: number): string {
  try {
    const file = openSync(path, 'r')
    try {
      const bytes = Buffer.alloc(most)
      return bytes.toString('utf8', 0, readSync(file, bytes, 0, most, from))
    } finally {
      closeSync(file)
    }
  } catch {
    return ''
  }
}
