export interface ClipboardSenderDeps {
  /** Electron before 45 answers at once, since then by a promise. */
  readText(): string | Promise<string>
  /** Queues the text; rejects with a sentence for the user. */
  send(to: string, text: string): Promise<unknown>
  /** Says something to the person at the desk. */
  say(title: string, sentence: string): void
}

/** What "Send clipboard to" does: queues the clipboard's text as it is at this moment, or says why not. Never rejects. */
export function createClipboardSender(deps: ClipboardSenderDeps): (to: string) => Promise<void> {
  return async (to) => {
    const whom = to === '*' ? 'everyone' : to
    // Windows programs copy lines with carriage returns, which messages do not carry.
    const text = (await deps.readText()).replaceAll('\r\n', '\n').replaceAll('\r', '\n')
    if (text.trim() === '') {
      deps.say(
        'Nothing was sent',
        `The clipboard holds no text for ${whom}. Copy some text, then choose it again.`,
      )
      return
    }
    try {
      await deps.send(to, text)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      deps.say('Nothing was sent', `The clipboard’s text could not be queued for ${whom}: ${why}`)
    }
  }
}
