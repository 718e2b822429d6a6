import type { Clock } from '../../clock'
import type { Question, Ref, Talk } from './talk'

const REGISTRY: Ref = ['org.a11y.atspi.Registry', '/org/a11y/atspi/registry']
const BUS: Ref = ['org.freedesktop.DBus', '/org/freedesktop/DBus']
const EVENTS = [
  'object:text-changed',
  'object:text-caret-moved',
  'object:state-changed',
  'object:children-changed',
]
const LIMIT_MS = 500
/** Programs spend time on telling, so listening ends soon after the last who waited. */
const LINGER_MS = 1000

/** Programs' own news of changes, listened to only while somebody waits for them. */
export interface Wakeups {
  /** How many news there have been: to be remembered before a look. */
  readonly count: number
  /**
   * Resolves when the program `name` has told, after the `since`th news, of a change in one of the `paths` or of
   * another focus; or after `deadlineMs`.
   */
  changed(name: string, paths: ReadonlySet<string>, since: number, deadlineMs: number): Promise<void>
  close(): void
}

/** Stands for whatever got or lost the focus. */
const FOCUS = 'focus'

export function createWakeups(talk: Talk, clock: Clock): Wakeups {
  const ears = new Map<string, Ear>()
  let count = 0
  const stop = talk.onTold(({ sender, path, member, detail }) => {
    const isFocus = member === 'StateChanged' && detail === 'focused'
    ears.get(sender)?.hear(isFocus ? FOCUS : path, ++count)
  })
  const earFor = (name: string): Ear => {
    const known = ears.get(name)
    if (known) return known
    if (ears.size === 0) for (const event of EVENTS) tell(talk, REGISTRY, 'RegisterEvent', event)
    tell(talk, BUS, 'AddMatch', ruleFor(name))
    const ear = new Ear(clock, () => {
      ears.delete(name)
      tell(talk, BUS, 'RemoveMatch', ruleFor(name))
      if (ears.size === 0) for (const event of EVENTS) tell(talk, REGISTRY, 'DeregisterEvent', event)
    })
    ears.set(name, ear)
    return ear
  }
  return {
    get count() {
      return count
    },
    changed: async (name, paths, since, deadlineMs) =>
      talk.isOpen ? earFor(name).wait(paths, since, deadlineMs) : clock.wait(deadlineMs),
    close() {
      stop()
      for (const ear of ears.values()) ear.close()
    },
  }
}

/** What one program tells, for as long as somebody waits for it, and a little longer. */
class Ear {
  readonly #clock: Clock
  readonly #done: () => void
  /** The last news of each object, by its number. */
  readonly #heard = new Map<string, number>()
  readonly #waiting = new Set<{ paths: ReadonlySet<string>; wake: () => void }>()
  #callOff: () => void = () => undefined

  constructor(clock: Clock, done: () => void) {
    this.#clock = clock
    this.#done = done
  }

  hear(path: string, count: number): void {
    this.#heard.set(path, count)
    for (const { paths, wake } of this.#waiting) if (path === FOCUS || paths.has(path)) wake()
  }

  async wait(paths: ReadonlySet<string>, since: number, deadlineMs: number): Promise<void> {
    this.#callOff()
    for (const [path, count] of this.#heard)
      if (count > since && (path === FOCUS || paths.has(path))) return this.#rest()
    await new Promise<void>((resolve) => {
      const end = (): void => {
        this.#waiting.delete(one)
        callOff()
        resolve()
      }
      const one = { paths, wake: end }
      const callOff = this.#clock.setTimer(deadlineMs, end)
      this.#waiting.add(one)
    })
    return this.#rest()
  }

  close(): void {
    this.#callOff()
    for (const { wake } of this.#waiting) wake()
    this.#callOff()
  }

  #rest(): void {
    if (this.#waiting.size > 0) return
    this.#callOff()
    this.#callOff = this.#clock.setTimer(LINGER_MS, this.#done)
  }
}

/** Without news, whoever waits looks again after the deadline: nobody needs the answer. */
function tell(talk: Talk, to: Ref, member: string, argument: string): void {
  const iface = to === BUS ? BUS[0] : 'org.a11y.atspi.Registry'
  const question: Question = { to, iface, member, signature: 's', body: [argument] }
  talk.ask(question, LIMIT_MS).catch(() => undefined)
}

function ruleFor(name: string): string {
  return `type='signal',sender='${name}',interface='org.a11y.atspi.Event.Object'`
}
