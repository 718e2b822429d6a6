import type { Failure } from '../../../contract/failure'
import type { Earlier, Standing } from '../../../contract/wrap-operations'
import type { Clock } from '../../clock'
import { holds, isEmpty, learnMark, type Mark } from '../../looking/prompt'
import { wanted } from '../../looking/same-text'
import { standingOf, troubleOf, type Learnt } from '../../looking/standing'
import { handOver, type Errand, type Pasted, type Patience } from './hand-over'
import { enterNotTaken, whyLeft, type HandedOver } from './handed-over'
import type { Reader } from '../../looking/standing'
import type { Screen } from '../../looking/screen'
import type { SessionRecords } from './records/session-records'
import { NotSeen, type TerminalLook, type TypedTerminal } from './typed-terminal'

interface AgentPromptDeps {
  /** The agent's name, for the sentences. */
  readonly name: () => string
  readonly terminal: TypedTerminal
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  /** The program that was running when the agent was set, where that is known: no other's prompt is learnt. */
  readonly program?: string | undefined
  /** What the agent writes down itself, where it does. */
  readonly records?: SessionRecords
  /** How long one attempt watches; a minute each where nobody waits for the terminal. */
  readonly patience?: Patience
}

const A_MINUTE_EACH: Patience = { seenMs: 60_000, takenMs: 60_000 }

/** For how long a prompt must stand there unchanged before it is taken for the agent's own. */
const LEARN_MS = 300

/** The prompt of the agent in one terminal: what is known of it, how it stands, and the one way a message gets into it. */
export class AgentPrompt {
  readonly #deps: AgentPromptDeps
  #learnt: Learnt | undefined
  #candidate: (Learnt & { readonly since: number }) | undefined
  /** The text of ours that was not seen to leave. */
  #pasted: Pasted | undefined
  #programName: string | undefined

  constructor(deps: AgentPromptDeps) {
    this.#deps = deps
    this.#programName = deps.program
  }

  get learnt(): Learnt | undefined {
    return this.#learnt
  }

  /** What was learnt of the prompt, for a person. */
  says(): readonly string[] {
    if (!this.#learnt) return ['No prompt of its own has been seen yet: nothing is typed before.']
    const { text } = this.#learnt.mark
    return [
      `Its prompt is known by the mark “${text.trim()}” left of the cursor, as ${this.#programName ?? 'its program'} shows it.`,
      'Only into that, seen empty, is a message pasted. Nothing was typed to find this out.',
    ]
  }

  /**
   * Looks, learns the prompt where it is seen for the first time, and says how the agent stands. A text of ours that was
   * left in its prompt is no draft: the message goes on where it was left.
   */
  async standing(): Promise<Standing> {
    const look = await this.#deps.terminal.look()
    this.#learn(look)
    const standing = this.#standingBy(look)
    return this.#pasted && standing.state === 'draft' ? { state: 'ready' } : standing
  }

  /** Why no message can go now; undefined when one may. A prompt seen for the first time is watched for up to `limitMs`. */
  async troubleOnceLearnt(limitMs: number, everyMs: number): Promise<Failure | undefined> {
    const { clock, terminal, name } = this.#deps
    const end = clock.monotonic() + limitMs
    for (;;) {
      const standing = await this.standing()
      if (standing.state !== 'starting' || !this.#candidate || clock.monotonic() > end)
        return this.#unfinished(standing) ?? troubleOf(standing, name())
      await terminal.changed(everyMs)
    }
  }

  /** A text of before a restart that still stands in the prompt keeps that from being seen empty, and so from being learnt. */
  #unfinished({ state }: Standing): Failure | undefined {
    if (!this.#pasted || this.#learnt || state !== 'starting') return undefined
    const message = `A message was pasted into ${this.#deps.name()} before Waggle was started anew and may stand there still: send it there or take it out. It is not pasted again, and nothing else is.`
    return { code: 'earlier-paste', message, left: true }
  }

  /**
   * Why a text of ours that was left there cannot go on now: something else stands there, or its Enter has had no effect
   * that anybody could see. Undefined where there is none, or it may.
   */
  async stuck(): Promise<Failure | undefined> {
    const { name, terminal } = this.#deps
    const look = await terminal.look()
    this.#learn(look)
    const [pasted, learnt] = [this.#pasted, this.#learnt]
    if (!pasted || !learnt || this.#standingBy(look).state === 'ready') return undefined
    if (!holds(look.screen, learnt.mark, pasted.message))
      return whyLeft(name(), 'does not stand in its prompt')
    return pasted.pressedAt === look.drawn ? enterNotTaken(name()) : undefined
  }

  /**
   * Takes over what the app's records say of an earlier paste: a person may have settled it, or it is from before a restart
   * and its program still lives.
   */
  async reconcile(earlier: Earlier | undefined): Promise<void> {
    if (earlier?.messageId === this.#pasted?.id) return
    this.#pasted = undefined
    if (!earlier) return
    const { terminal } = this.#deps
    const { reader } = await terminal.look()
    const [startedAt, pastedAt] = [reader && terminal.startOf(reader.id), Date.parse(earlier.at)]
    if (!reader || startedAt === undefined || startedAt > pastedAt) return
    const what = { id: earlier.messageId, message: wanted(earlier.text), readerId: reader.id }
    this.#pasted = { ...what, wasSeen: false, pressedAt: undefined, unwatchedSince: pastedAt }
  }

  /** Hands a message over by the rule of docs/terminals.md. Never rejects. */
  async handOver(errand: Errand): Promise<HandedOver> {
    const { terminal, clock, name, patience = A_MINUTE_EACH } = this.#deps
    try {
      await this.reconcile(errand.earlier)
      const isRecorded = this.#record(errand)
      const handed = await handOver(errand, {
        terminal,
        clock,
        name: name(),
        patience,
        look: async () => {
          const look = await terminal.look()
          this.#learn(look)
          return {
            ...look,
            learnt: this.#learnt,
            standing: standingOf(look.screen, look.reader, this.#learnt),
          }
        },
        pasted: () => this.#pasted,
        remember: (pasted) => (this.#pasted = pasted),
        isRecorded,
      })
      if (handed.state !== 'in-doubt') return handed
      return isRecorded((await terminal.look()).reader) ? { state: 'delivered' } : handed
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      const isPasted = this.#pasted?.id === errand.id
      const wasPressed = isPasted && this.#pasted?.pressedAt !== undefined
      const message = `The terminal of ${name()} went away: ${why}.`
      if (wasPressed) return { state: 'in-doubt', failure: { code: 'submit-unconfirmed', message } }
      const failure: Failure = error instanceof NotSeen ? error.failure : { code: 'agent-ended', message }
      // It cannot be looked at now, and the text may stand there all the same.
      return { state: 'not-submitted', failure: { ...failure, ...(isPasted && { left: true }) } }
    }
  }

  /** Whether, by the agent's own record, this very text was asked since it was pasted. */
  #record({ id, text, earlier }: Errand): (reader: Reader | undefined) => boolean {
    const { records, clock } = this.#deps
    const since = earlier?.messageId === id ? Date.parse(earlier.at) : clock.now()
    return (reader) => reader !== undefined && records?.has(reader, wanted(text), since) === true
  }

  #standingBy({ screen, reader }: TerminalLook): Standing {
    const isOther = reader?.kind === 'program' && !reader.isStopped && !this.#isExpected(reader.name)
    if (isOther) return { state: 'another program', program: reader.name }
    const standing = standingOf(screen, reader, this.#learnt)
    // Questions have many looks; where the agent says itself that it asks, that is the reason.
    const isUnclear = standing.state === 'busy' || standing.state === 'starting'
    return reader && isUnclear && this.#deps.records?.asks(reader) ? { state: 'asking' } : standing
  }

  /** Only the same program, started again, may take the place of the one that was learnt or set first. */
  #isExpected(program: string): boolean {
    return this.#programName === undefined || this.#programName === program
  }

  /** What was pasted goes with its program; until then it is known once it has been seen. */
  #follow(screen: Screen, reader: Reader | undefined): void {
    const pasted = this.#pasted
    if (!pasted) return
    const isRead = reader?.id === pasted.readerId
    if (!isRead && !this.#deps.terminal.isAlive(pasted.readerId)) this.#pasted = undefined
    else if (isRead && !pasted.wasSeen && this.#learnt && holds(screen, this.#learnt.mark, pasted.message))
      this.#pasted = { ...pasted, wasSeen: true }
  }

  #learn({ screen, reader }: TerminalLook): void {
    this.#follow(screen, reader)
    if (!reader || reader.kind !== 'program' || reader.isStopped || this.#learnt?.readerId === reader.id)
      return
    if (!this.#isExpected(reader.name)) return
    const mark = learnMark(screen)
    const { monotonic } = this.#deps.clock
    if (!mark) this.#candidate = undefined
    else if (!this.#candidate || !isSame(this.#candidate, mark, reader.id))
      this.#candidate = { mark, readerId: reader.id, since: monotonic() }
    else if (monotonic() - this.#candidate.since >= LEARN_MS && isEmpty(screen, mark)) {
      this.#learnt = { mark, readerId: reader.id }
      this.#programName = reader.name
    }
  }
}

function isSame(one: Learnt, mark: Mark, readerId: string): boolean {
  const { text, hint, isForPlans } = one.mark
  if (one.readerId !== readerId || text !== mark.text) return false
  return hint === mark.hint && isForPlans === mark.isForPlans
}
