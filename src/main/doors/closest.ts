import { LONGEST_NAME } from './shorten'

/** Edits between two words: insert, delete, replace, swap of neighbours (optimal string alignment). */
export function editDistance(left: string, right: string): number {
  let before: number[] = []
  let row = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (let i = 1; i <= left.length; i++) {
    const next = [i]
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1] ? 0 : 1
      let cost = Math.min(at(row, j) + 1, at(next, j - 1) + 1, at(row, j - 1) + same)
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        cost = Math.min(cost, at(before, j - 2) + 1)
      }
      next.push(cost)
    }
    before = row
    row = next
  }
  return at(row, right.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY
}

/** Comparing takes time that all others wait for: so much is looked at, and what is longer or further down is not meant. */
const MOST_CANDIDATES = 500

/** The candidate that was most likely meant, upper or lower case aside; undefined when none comes near. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > 2 * LONGEST_NAME) return undefined
  const wanted = word.toLowerCase()
  // A third of the word may be wrong: more than that is another word, and a wrong hint is worse than none.
  let best = Math.max(2, Math.ceil(wanted.length / 3)) + 1
  let found: string | undefined
  for (const candidate of candidates.slice(0, MOST_CANDIDATES)) {
    if (candidate.length > LONGEST_NAME || Math.abs(candidate.length - wanted.length) >= best) continue
    const distance = editDistance(wanted, candidate.toLowerCase())
    if (distance >= best) continue
    best = distance
    found = candidate
  }
  return found
}
