import { seeded } from './seeded'

/** One message of a scenario, before anybody has sent it. */
export interface Planned {
  readonly sender: string
  readonly to: string
  /** Stands at both ends of the text and in no other, so that every piece of it can be told. */
  readonly mark: string
  readonly text: string
}

export interface Scenario {
  readonly senders: number
  /** Messages of each sender. */
  readonly each: number
  readonly agents: readonly string[]
  readonly seed: number
}

/** About as long as what agents write to each other, in characters. */
const TEXT_LENGTH = 400

const phrases = [
  'the build is green again',
  'please review the change in the parser',
  'héllo 🐝 ñ',
  'I keep the lock until the tests are through',
  'the second migration has to wait for the first',
  'could you look at the failing case with the empty list?',
  'done, and written down in the notes',
  'nobody needs to answer this one',
]

/** Who writes what to whom: the same seed gives the same texts to the same agents. */
export function plan({ senders, each, agents, seed }: Scenario): Planned[] {
  const random = seeded(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  return Array.from({ length: senders * each }, (_, index) => {
    const sender = `sender-${(index % senders) + 1}`
    const mark = `[${seed}.${index + 1}]`
    return { sender, to: pick(agents), mark, text: textOf(mark, index, () => pick(phrases)) }
  })
}

function textOf(mark: string, index: number, phrase: () => string): string {
  // Every third text has several lines: a paste that loses its newlines is a garbled one.
  const between = index % 3 === 0 ? ',\n' : ', '
  const parts = [`${mark} héllo 🐝 ñ`]
  while (parts.join(between).length < TEXT_LENGTH - mark.length) parts.push(phrase())
  return `${parts.join(between)} ${mark}`
}
