import type { Failure } from '../../contract/failure'
import { priorities, type Priority } from '../../contract/message'
import type { Waiting } from './message-store'

/** A message in line; a lower rank came earlier. */
export interface Entry extends Waiting {
  readonly rank: number
  /** Why this very message is not to go, whatever its agent waits for. */
  readonly held?: Failure
}

/** A message whose turn it is, until one of the two says how that ends. */
export interface Taken {
  readonly entry: Entry
  /** The turn counts for its sender. */
  done(): void
  /** Gets in line again where it was, as if it had never been taken; `held`: and stays there. */
  putBack(held?: Failure): void
}

/** What one sender has waiting in one priority. */
interface Sender {
  /** When its last message went, counted in turns, or when it came if that is later. Lower goes first. */
  lastTurn: number
  /** The same without those of its messages whose turn it is: they may be put back. */
  lastDone: number
  /** The turns of those. */
  readonly running: Set<number>
  /** By agent, oldest first; no list is empty. */
  readonly byAgent: Map<string, Entry[]>
}

/**
 * Who goes next: urgent before normal before low; within one priority senders take turns, the one that has gone
 * longest without being first, its oldest message first. That is start-time fair queueing (Goyal, Vin, Cheng 1996) for
 * messages of equal cost, decided when a message goes instead of when it comes: fixed at arrival, a backlog that
 * waited for a closed window would keep its early places and come out in one go once the window is back.
 *
 * A message that is held stays where it is, and so do those behind it of the same sender, agent and priority: these were
 * said after it, and "now do that" without the "/clear" before it is another message. Everybody else's go on.
 */
export class FairOrder {
  readonly #entries = new Map<string, Entry>()
  readonly #depths = new Map<string, number>()
  readonly #senders: Record<Priority, Map<string, Sender>> = {
    urgent: new Map(),
    normal: new Map(),
    low: new Map(),
  }
  #rank = 0
  #turns = 0
  #version = 0
  #lastTaken: Waiting | undefined

  get size(): number {
    return this.#entries.size
  }

  /** Grows with every change. */
  get version(): number {
    return this.#version
  }

  has(id: string): boolean {
    return this.#entries.has(id)
  }

  /** How many wait for each agent. */
  get depths(): ReadonlyMap<string, number> {
    return this.#depths
  }

  /** Gets in line, behind all who are in it. */
  enter({ id, to, from, priority }: Waiting): void {
    this.#rank += 1
    this.add({ id, to, from, priority, rank: this.#rank })
  }

  /** Gets in line, at the place its rank gives it among those of its sender to its agent. */
  add(entry: Entry): void {
    const sender = this.#sender(entry)
    // One that comes goes ahead of the sender whose turn it is, behind those who waited: new names starve nobody.
    if (sender.byAgent.size === 0 && sender.running.size === 0) {
      sender.lastDone = Math.max(sender.lastDone, this.#turns - 0.5)
      sender.lastTurn = sender.lastDone
    }
    this.#place(entry, sender)
  }

  /** Those to the one agent are for the other from now on; nobody's place changes. */
  rename(agent: string, to: string): void {
    for (const senders of Object.values(this.#senders)) {
      for (const { byAgent } of senders.values()) {
        const moved = (byAgent.get(agent) ?? []).map((entry) => ({ ...entry, to }))
        if (moved.length === 0) continue
        for (const entry of moved) this.#entries.set(entry.id, entry)
        byAgent.delete(agent)
        byAgent.set(
          to,
          [...(byAgent.get(to) ?? []), ...moved].toSorted((a, b) => a.rank - b.rank),
        )
        this.#depths.set(to, (this.#depths.get(to) ?? 0) + moved.length)
      }
    }
    this.#depths.delete(agent)
    this.#version += 1
  }

  /** Leaves the line; undefined when it is not in it. */
  remove(id: string): Entry | undefined {
    const entry = this.#entries.get(id)
    if (!entry) return undefined
    this.#version += 1
    this.#entries.delete(id)
    decrease(this.#depths, entry.to)
    const sender = this.#sender(entry)
    const line = sender.byAgent.get(entry.to) ?? []
    if (line.length > 1) line.splice(line.indexOf(entry), 1)
    else sender.byAgent.delete(entry.to)
    this.#forget(entry)
    return entry
  }

  /** Leaves the line because its turn has come, which counts for its sender; undefined when it is not in it. */
  take(id: string): Taken | undefined {
    const entry = this.#entries.get(id)
    if (!entry) return undefined
    const sender = this.#sender(entry)
    this.#turns += 1
    const turn = this.#turns
    sender.running.add(turn)
    sender.lastTurn = turn
    this.remove(id)
    this.#forget(this.#lastTaken)
    this.#lastTaken = entry
    const end = () => {
      sender.running.delete(turn)
      sender.lastTurn = Math.max(sender.lastDone, ...sender.running)
    }
    return {
      entry,
      done: () => {
        sender.lastDone = Math.max(sender.lastDone, turn)
        end()
        this.#forget(entry)
      },
      putBack: (held) => {
        end()
        this.#place(held ? { ...entry, held } : entry, sender)
      },
    }
  }

  /** Why this message does not go, for its own text or because one before it does not. */
  heldBy(id: string): Failure | undefined {
    const entry = this.#entries.get(id)
    const [head] = (entry && this.#sender(entry).byAgent.get(entry.to)) ?? []
    if (!head?.held || entry === head) return head?.held
    const message = `It waits behind message ${head.id} of the same sender, so that they arrive in their order; that one is held: ${head.held.message}`
    return entry?.held ?? { code: head.held.code, message }
  }

  /** Nothing is held any more: what was the reason may have changed. */
  release(): void {
    for (const before of this.#entries.values()) {
      if (!before.held) continue
      const { held: _, ...entry } = before
      const line = this.#sender(entry).byAgent.get(entry.to) ?? []
      line[line.indexOf(before)] = entry
      this.#entries.set(entry.id, entry)
      this.#version += 1
    }
  }

  /** The entry to go next, leaving out those to agents that `skip` names. */
  next(skip: (agent: string) => boolean): Entry | undefined {
    for (const priority of priorities) {
      let best: Entry | undefined
      let bestTurn = Infinity
      for (const sender of this.#senders[priority].values()) {
        if (sender.lastTurn > bestTurn) continue
        const head = oldest(sender.byAgent, skip)
        if (!head || (best && sender.lastTurn === bestTurn && head.rank > best.rank)) continue
        best = head
        bestTurn = sender.lastTurn
      }
      if (best) return best
    }
    return undefined
  }

  /**
   * Every entry in the order in which `next` and `take` would give them if nothing changed, leaving out those that `skip`
   * names: who has gone gets in line last, so within one priority senders go round in their present order.
   */
  inOrder(skip: (entry: Entry) => boolean): Entry[] {
    return priorities.flatMap((priority) => {
      const lines = [...this.#senders[priority].values()]
        .map(({ lastTurn, byAgent }) => ({ lastTurn, entries: byAge(byAgent, skip) }))
        .filter(({ entries }) => entries.length > 0)
        .toSorted((a, b) => inFront(a.lastTurn, b.lastTurn) || rankOf(a.entries) - rankOf(b.entries))
        .map(({ entries }) => entries)
      return takeInTurns(lines)
    })
  }

  #place(entry: Entry, { byAgent }: Sender): void {
    this.#version += 1
    this.#entries.set(entry.id, entry)
    this.#depths.set(entry.to, (this.#depths.get(entry.to) ?? 0) + 1)
    const line = byAgent.get(entry.to)
    if (!line) byAgent.set(entry.to, [entry])
    else line.splice(line.findLastIndex((other) => other.rank < entry.rank) + 1, 0, entry)
  }

  #sender({ priority, from }: Waiting): Sender {
    const senders = this.#senders[priority]
    let sender = senders.get(from)
    if (!sender) {
      sender = { lastTurn: -Infinity, lastDone: -Infinity, running: new Set(), byAgent: new Map() }
      senders.set(from, sender)
    }
    return sender
  }

  /** A sender with nothing in line and nothing running needs no memory, unless the last turn was its own. */
  #forget(gone: Waiting | undefined): void {
    if (!gone) return
    const sender = this.#senders[gone.priority].get(gone.from)
    if (sender?.byAgent.size === 0 && sender.running.size === 0 && sender.lastTurn < this.#turns) {
      this.#senders[gone.priority].delete(gone.from)
    }
  }
}

function oldest(byAgent: ReadonlyMap<string, Entry[]>, skip: (agent: string) => boolean): Entry | undefined {
  let first: Entry | undefined
  for (const [agent, [head]] of byAgent) {
    if (head && !head.held && (!first || head.rank < first.rank) && !skip(agent)) first = head
  }
  return first
}

function byAge(byAgent: ReadonlyMap<string, Entry[]>, skip: (entry: Entry) => boolean): Entry[] {
  const lines = [...byAgent.values()].map((line) => line.filter((entry) => !skip(entry)))
  return lines.length === 1 ? (lines[0] ?? []) : lines.flat().toSorted((a, b) => a.rank - b.rank)
}

/** For sorting; two that never had a turn are equal, and their difference is no number. */
function inFront(a: number, b: number): number {
  return a === b ? 0 : a - b
}

const rankOf = ([head]: readonly Entry[]) => head?.rank ?? Infinity

/** One of each, then the second of each, and so on. */
function takeInTurns(lines: readonly (readonly Entry[])[]): Entry[] {
  const taken: Entry[] = []
  let left = lines
  for (let round = 0; left.length > 0; round++) {
    left = left.filter(({ length }) => length > round)
    for (const line of left) taken.push(...line.slice(round, round + 1))
  }
  return taken
}

function decrease(counts: Map<string, number>, name: string): void {
  const left = (counts.get(name) ?? 0) - 1
  if (left > 0) counts.set(name, left)
  else counts.delete(name)
}
