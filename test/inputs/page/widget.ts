/** One editor, mounted. Everything is said by the editor's own means; nothing is read from the page. */
export interface Widget {
  /** Where a person clicks. */
  readonly element: HTMLElement
  /** As it would be sent: paragraphs joined by one newline. */
  text(): string
  document(): unknown
  selection(): unknown
  /** Replaces what it holds, with the caret behind it. */
  setDraft(text: string): void
  /** A text with a chip, or with bold, where the editor has such a thing; else false. */
  setRichDraft(): boolean
  /** Whether a list of the editor's own is open. */
  offers?(): boolean
  setEditable(editable: boolean): void
  focus(): void
  destroy(): void
}

export interface Mounting {
  /** The place to be in: an element of the page or of a shadow root. */
  readonly place: HTMLElement
  readonly placeholder: string
  /** The editor's own Enter handler came: what Enter means here is the chat's affair. */
  enter(): void
  changed(): void
  /** What a list of suggestions offers for a text that ends so, if one is asked for. */
  suggestion(text: string): string | undefined
  /** The editor's own list was used. */
  suggested(taken: string): void
}

export type Mount = (mounting: Mounting) => Promise<Widget> | Widget
