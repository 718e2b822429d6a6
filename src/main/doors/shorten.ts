/** The longest name there is; what a client calls by a longer one is known by its beginning. */
export const LONGEST_NAME = 64

/** A name as it may stand in an answer: what a client sends comes back to it cut, not doubled. */
export function shorten(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME)}…`
}
