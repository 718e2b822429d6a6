/** The same without the fields that are undefined: "left out", as stores and merges want it. */
export type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> }

export function given<T extends object>(fields: T): Given<T> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  // The entries are those of `fields`, which fromEntries cannot know.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.fromEntries(entries) as Given<T>
}
