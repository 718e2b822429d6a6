import { texts } from '../texts'

/** So many operations are under way at a time. */
const AT_ONCE = 8

/** Does this for every id; rejects at the end with a sentence that says how many were refused, and why the first was. */
export async function forAll(ids: readonly string[], act: (id: string) => Promise<unknown>): Promise<void> {
  const refusals: string[] = []
  const left = ids.values()
  const work = async () => {
    for (const id of left) {
      try {
        await act(id)
      } catch (error) {
        refusals.push(error instanceof Error ? error.message : String(error))
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, ids.length) }, work))
  const [first] = refusals
  if (first !== undefined) throw new Error(texts.queue.someRefused(refusals.length, ids.length, first))
}
