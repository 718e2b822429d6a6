import { beforeMark, holds, withoutLast } from './read-text'

/**
 * What deliveries had to leave in agents' inputs. A text that could not be taken out again is no draft at the next attempt,
 * and a draft that it covered is not lost. A mark is erased by a key that is not seen to work: a dialog that opens in that
 * very moment takes it (4 of 120, opened within 70 ms of a message). Found later behind the same text, it is no draft either.
 */
export class Leftovers {
  readonly #texts = new Map<string, { readonly text: string; readonly draft: string }>()
  readonly #marks = new Map<string, string | undefined>()

  /** The text stands there still; what it covered, if anything, was this draft. */
  left(agent: string, text: string, draft: string): void {
    this.#texts.set(agent, { text, draft: draft || (this.#texts.get(agent)?.draft ?? '') })
  }

  /** A mark was typed behind this text; undefined where that could not be read. */
  marked(agent: string, behind: string | undefined): void {
    this.#marks.set(agent, behind)
  }

  /** The input holds something else now, seen and whole. */
  replaced(agent: string): void {
    this.#texts.delete(agent)
    this.#marks.delete(agent)
  }

  /** What was read, without a mark of ours at its end. */
  withoutMark(agent: string, read: string): string {
    const rest = beforeMark(read)
    if (rest === undefined || !this.#marks.has(agent)) return read
    const behind = this.#marks.get(agent)
    return behind === undefined || behind === rest ? rest : read
  }

  /** The person's draft in what stood in the input before this text was pasted. */
  draftIn(agent: string, before: string, text: string): string {
    const rest = withoutLast(this.withoutMark(agent, before), text)
    const left = this.#texts.get(agent)
    if (!left || (!holds(before, left.text) && left.text !== text)) return rest
    return withoutLast(rest, left.text) || left.draft
  }
}
