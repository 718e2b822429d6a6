export interface PointHereDeps {
  /** Sets the agent that lives under the pointer, or a new one; rejects with a sentence for the user. */
  setHere(): Promise<{ readonly name: string; readonly added: boolean }>
  say(title: string, sentence: string): void
}

/** What the shortcut for calibrating does: sets an agent where the pointer is, and says which. Never rejects. */
export async function pointHere({ setHere, say }: PointHereDeps): Promise<void> {
  try {
    const { name, added } = await setHere()
    if (added) say(`${name} is new`, 'Its messages go to where the pointer is. You can rename it in Waggle.')
    else say(`${name} is set`, 'Its messages go to where the pointer is now.')
  } catch (error) {
    say('No agent was set', error instanceof Error ? error.message : String(error))
  }
}
