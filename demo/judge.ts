import { percentile } from './percentile'
import type { Planned } from './plan'

/** A text that a window took; `at` in ms since 1970. */
export interface Arrived {
  readonly agent: string
  readonly text: string
  readonly at: number
}

/** What a sender says of one message: when it began to send it, in ms since 1970, and how it believes it ended. */
export interface Sent {
  readonly mark: string
  readonly began: number
  readonly said: string
}

/**
 * What became of a scenario's messages, judged by the windows alone. Each message is one of `right` (whole, in its
 * agent's window), `wrongWindow` (whole, elsewhere only), `garbled` (pieces of it, or left unsent in an input) and
 * `missing` (no trace).
 */
export interface Verdict {
  readonly messages: number
  readonly right: number
  readonly wrongWindow: number
  readonly garbled: number
  readonly missing: number
  /** Messages that arrived whole more than once, wherever. */
  readonly twice: number
  /** Submitted texts that are no whole message: mixtures, halves, empty remains. */
  readonly strays: number
  /** Inputs that still held a text at the end. */
  readonly leftovers: number
  /** Messages whose sender believes the opposite of what happened. */
  readonly misjudged: number
  /** From one submit to the next, in ms, over all windows. */
  readonly perMessageMs: { readonly mean: number; readonly p50: number; readonly p95: number }
  /** From a sender's beginning with a message to its arrival, in ms; the longest one. */
  readonly longestWaitMs: number
}

/** Compares what was planned with what the windows took, and with what then was `left` in their inputs. */
export function judge(
  planned: readonly Planned[],
  sent: readonly Sent[],
  arrived: readonly Arrived[],
  left: readonly string[],
): Verdict {
  const fates = planned.map((message) => fateOf(message, arrived, left))
  const count = (kind: Fate['kind']): number => fates.filter((fate) => fate.kind === kind).length
  const whole = new Set(planned.map(({ text }) => text))
  const saidOf = new Map(sent.map((one) => [one.mark, one]))
  const waits = planned.flatMap(({ mark }, index) => {
    const began = saidOf.get(mark)?.began
    const at = fates[index]?.at
    return began === undefined || at === undefined ? [] : [at - began]
  })
  return {
    messages: planned.length,
    right: count('right'),
    wrongWindow: count('wrongWindow'),
    garbled: count('garbled'),
    missing: count('missing'),
    twice: fates.filter(({ copies }) => copies > 1).length,
    strays: arrived.filter(({ text }) => !whole.has(text)).length,
    leftovers: left.filter((text) => text !== '').length,
    misjudged: planned.filter(({ mark }, index) => {
      const believed = saidOf.get(mark)?.said === 'delivered'
      return believed !== (fates[index]?.kind === 'right')
    }).length,
    perMessageMs: gaps(arrived),
    longestWaitMs: Math.max(0, ...waits),
  }
}

/** True when every message arrived whole, once, in its window, nothing else did, and nobody was told otherwise. */
export function isAllRight({ messages, right, twice, strays, leftovers, misjudged }: Verdict): boolean {
  return right === messages && twice === 0 && strays === 0 && leftovers === 0 && misjudged === 0
}

interface Fate {
  readonly kind: 'right' | 'wrongWindow' | 'garbled' | 'missing'
  /** How often it arrived whole. */
  readonly copies: number
  readonly at?: number
}

function fateOf({ to, text, mark }: Planned, arrived: readonly Arrived[], left: readonly string[]): Fate {
  const copies = arrived.filter((entry) => entry.text === text)
  const right = copies.find(({ agent }) => agent === to)
  if (right) return { kind: 'right', copies: copies.length, at: right.at }
  if (copies.length > 0) return { kind: 'wrongWindow', copies: copies.length }
  const pieces = [...arrived.map((entry) => entry.text), ...left].some((piece) => piece.includes(mark))
  return { kind: pieces ? 'garbled' : 'missing', copies: 0 }
}

function gaps(arrived: readonly Arrived[]): Verdict['perMessageMs'] {
  const times = arrived.map(({ at }) => at).toSorted((a, b) => a - b)
  const between = times.slice(1).map((at, index) => at - (times[index] ?? at))
  const mean = between.reduce((sum, ms) => sum + ms, 0) / between.length
  return { mean, p50: percentile(between, 50), p95: percentile(between, 95) }
}
