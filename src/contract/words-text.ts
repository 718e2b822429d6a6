/** What an agent gets to see around a text. No zod here: the agent's form shows the real thing. */
export const builtInWords = {
  signed: '[from {from}] {text}',
  answerable: '[from {from}, message {id}; answer with: {reply}]\n{text}',
} as const

/** What a template may name. */
export const wordNames = ['text', 'from', 'to', 'id', 'time', 'reply'] as const

const NAMED = /\{(\w+)\}/g

/** What is wrong with such words, in a sentence's part; undefined when nothing is. */
export function wordsTrouble(words: string): string | undefined {
  const template = templateOf(words)
  if (/[^\n\t\P{Cc}]/u.test(template)) return 'has a control character; only newlines and tabs are allowed'
  const names = [...template.matchAll(NAMED)].map(([, name]) => name)
  const unknown = names.find((name) => !wordNames.some((known) => known === name))
  if (unknown !== undefined) {
    return `names {${unknown}}, which is not known; known are ${wordNames.map((name) => `{${name}}`).join(', ')}`
  }
  if (!names.includes('text')) return 'is neither signed nor answerable, and a template needs {text}'
  return undefined
}

/** What a message says of itself. */
export interface WordFacts {
  readonly text: string
  readonly from: string
  readonly to: string
  readonly id: string
  /** ISO 8601. */
  readonly time: string
}

/** The whole that is typed: the text with the words around it. */
export function withWords(words: string, facts: WordFacts): string {
  const values: Readonly<Record<string, string>> = { ...facts, reply: replyCommand(facts.id) }
  // In one go: what a text says of {from} is its own.
  return templateOf(words).replaceAll(NAMED, (whole, name: string) => values[name] ?? whole)
}

/** The command that answers a message. */
export function replyCommand(id: string): string {
  return `waggle reply ${id} --message "…"`
}

function templateOf(words: string): string {
  return words === 'signed' || words === 'answerable' ? builtInWords[words] : words
}
