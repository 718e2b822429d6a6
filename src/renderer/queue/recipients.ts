/** Chosen agents by name, or everyone. Nothing chosen means the first agent. */
export type Choice = readonly string[] | typeof everyone
export const everyone = '*'

/** What `message.send` takes as `to`; undefined when there is nobody to write to. Names that are gone fall away. */
export function recipients(choice: Choice, names: readonly string[]): string | string[] | undefined {
  if (choice === everyone) return names.length > 0 ? everyone : undefined
  const known = choice.filter((name) => names.includes(name))
  if (known.length > 1) return known
  return known[0] ?? names[0]
}

/** The choice after this name was picked: added, or taken away when it was in. */
export function toggled(choice: Choice, name: string): Choice {
  if (choice === everyone) return [name]
  return choice.includes(name) ? choice.filter((other) => other !== name) : [...choice, name]
}
