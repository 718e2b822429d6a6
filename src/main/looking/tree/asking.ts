import { Variant } from 'dbus-next'
import { z } from 'zod'
import type { Clock } from '../../clock'
import type { Rect } from '../../desktop/desktop'
import { NoAnswer, type Question, type Ref, type Talk } from './talk'

const CALL_LIMIT_MS = 500
const ACCESSIBLE = 'org.a11y.atspi.Accessible'
const TEXT = 'org.a11y.atspi.Text'
const NULL_PATH = '/org/a11y/atspi/null'
export const REGISTRY: Ref = ['org.a11y.atspi.Registry', '/org/a11y/atspi/accessible/root']
const BUS: Ref = ['org.freedesktop.DBus', '/org/freedesktop/DBus']

/** What an object is said to be, by its bit in AT-SPI's list of states. */
const BITS = {
  active: 1,
  defunct: 6,
  editable: 7,
  enabled: 8,
  focusable: 11,
  focused: 12,
  sensitive: 24,
  showing: 25,
  'multi-line': 17,
  'single-line': 26,
  'read-only': 43,
} as const
export type State = keyof typeof BITS
export type States = (state: State) => boolean

const ref = z.tuple([z.string(), z.string()])
const text = z.tuple([z.string()])
const number = z.tuple([z.number()])
const replies = {
  refs: z.tuple([z.array(ref)]),
  ref: z.tuple([ref]),
  text,
  number,
  words: z.tuple([z.tuple([z.number(), z.number()])]),
  rect: z.tuple([z.tuple([z.number(), z.number(), z.number(), z.number()])]),
  attributes: z.tuple([z.record(z.string(), z.string())]),
  run: z.tuple([z.record(z.string(), z.string()), z.number(), z.number()]),
  property: z.tuple([z.instanceof(Variant)]),
}

export interface Run {
  readonly style: Readonly<Record<string, string>>
  readonly end: number
}

/**
 * Questions to the objects of programs, all of which are answered within one limit of time; each rejects with
 * {@link NoAnswer}. Every question but the last few fails as soon as that limit has passed.
 */
export class Asking {
  readonly #deadline: number

  constructor(
    readonly talk: Talk,
    readonly clock: Clock,
    limitMs: number,
  ) {
    this.#deadline = clock.monotonic() + limitMs
  }

  get leftMs(): number {
    return this.#deadline - this.clock.monotonic()
  }

  /** The same with less time. */
  within(limitMs: number): Asking {
    return new Asking(this.talk, this.clock, Math.min(limitMs, this.leftMs))
  }

  async children(of: Ref): Promise<readonly Ref[]> {
    const [refs] = await this.#ask(replies.refs, { to: of, iface: ACCESSIBLE, member: 'GetChildren' })
    return refs.filter(([, path]) => path !== NULL_PATH)
  }

  async parent(of: Ref): Promise<Ref | undefined> {
    const parsed = ref.safeParse(await this.#property(of, ACCESSIBLE, 'Parent'))
    return parsed.success && parsed.data[1] !== NULL_PATH ? parsed.data : undefined
  }

  async states(of: Ref): Promise<States> {
    const [words] = await this.#ask(replies.words, { to: of, iface: ACCESSIBLE, member: 'GetState' })
    return (state) => ((words[BITS[state] >> 5] ?? 0) & (1 << (BITS[state] & 31))) !== 0
  }

  async role(of: Ref): Promise<string> {
    return (await this.#ask(replies.text, { to: of, iface: ACCESSIBLE, member: 'GetRoleName' }))[0]
  }

  async name(of: Ref): Promise<string> {
    return String(await this.#property(of, ACCESSIBLE, 'Name'))
  }

  async toolkit(of: Ref): Promise<string> {
    return String(await this.#property(of, 'org.a11y.atspi.Application', 'ToolkitName'))
  }

  async attributes(of: Ref): Promise<Readonly<Record<string, string>>> {
    return (await this.#ask(replies.attributes, { to: of, iface: ACCESSIBLE, member: 'GetAttributes' }))[0]
  }

  /** In screen pixels; undefined where the object does not say. */
  async rect(of: Ref): Promise<Rect | undefined> {
    const question = { to: of, iface: 'org.a11y.atspi.Component', member: 'GetExtents' }
    const asked = this.#ask(replies.rect, { ...question, signature: 'u', body: [0] })
    const [[x, y, width, height]] = await unlessRefused(asked, [[0, 0, -1, -1]])
    return width < 0 || height < 0 ? undefined : { x, y, width, height }
  }

  /** Undefined for an object that is no text. */
  async text(of: Ref): Promise<string | undefined> {
    const question = { to: of, iface: TEXT, member: 'GetText', signature: 'ii', body: [0, -1] }
    return unlessRefused(
      this.#ask(replies.text, question).then(([text]) => text),
      undefined,
    )
  }

  /** The look of the letters from `at` on. */
  async run(of: Ref, at: number): Promise<Run | undefined> {
    const question = { to: of, iface: TEXT, member: 'GetAttributeRun', signature: 'ib', body: [at, true] }
    return unlessRefused(
      this.#ask(replies.run, question).then(([style, , end]) => ({ style, end })),
      undefined,
    )
  }

  async selections(of: Ref): Promise<number> {
    return unlessRefused(
      this.#ask(replies.number, { to: of, iface: TEXT, member: 'GetNSelections' }).then(([count]) => count),
      0,
    )
  }

  /** Where the text cursor stands, in characters; undefined where the object does not say. */
  async caret(of: Ref): Promise<number | undefined> {
    const parsed = z
      .number()
      .min(0)
      .safeParse(await this.#property(of, TEXT, 'CaretOffset'))
    return parsed.data
  }

  /** The process that a name on the bus belongs to. */
  async pid(name: string): Promise<number> {
    const member = 'GetConnectionUnixProcessID'
    const question = { to: BUS, iface: BUS[0], member, signature: 's', body: [name] }
    return (await this.#ask(replies.number, question))[0]
  }

  async #property(of: Ref, iface: string, name: string): Promise<unknown> {
    const properties = 'org.freedesktop.DBus.Properties'
    const question = { to: of, iface: properties, member: 'Get', signature: 'ss', body: [iface, name] }
    const [variant] = await this.#ask(replies.property, question)
    return variant.value
  }

  async #ask<Reply>(reply: z.ZodType<Reply>, question: Question): Promise<Reply> {
    const left = this.leftMs
    if (left <= 0) throw new NoAnswer('late', question.member)
    const parsed = reply.safeParse(await this.talk.ask(question, Math.min(left, CALL_LIMIT_MS)))
    if (!parsed.success) throw new NoAnswer('refused', question.member)
    return parsed.data
  }
}

/** What is not there, or gone, answers by an error: that is an answer, too. */
export async function unlessRefused<Answer>(asked: Promise<Answer>, instead: Answer): Promise<Answer> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof NoAnswer && error.why === 'refused') return instead
    throw error
  }
}
