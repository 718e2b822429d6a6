/** The inputs that agents are made of, by the library that makes them. */
export type WidgetKind =
  | 'textarea'
  | 'react'
  | 'lexical'
  | 'lexical-rich'
  | 'prosemirror'
  | 'prosemirror-chat'
  | 'tiptap'
  | 'slate'
  | 'monaco'
  | 'codemirror'
  | 'quill'

/** What a real agent's page does besides taking text. What is left out it does not do. */
export interface Variants {
  /** Enter is ignored for this many ms after each message. */
  readonly busy?: number
  /** The input is disabled for this many ms after each message. */
  readonly disabledWhileAnswering?: number
  /** Text that ends in `@al`, `@app` or `/hel` opens a list, and Enter takes its first entry. */
  readonly suggest?: boolean
  /** A search field takes the focus this many ms after the page is there. */
  readonly search?: number
  /** The input stands in the middle until the first message is sent, then at the bottom. */
  readonly moves?: boolean
  /** A paste of more characters than this becomes an attachment; its text is sent before the input's. */
  readonly chip?: number
  /** What is in the input is set right typographically after each paste. */
  readonly smart?: boolean
  /** The first Enter on a text corrects it instead of sending it. */
  readonly alterOnEnter?: boolean
  /** Enter makes a new line; the page sends by another key. */
  readonly breaksAtEnter?: boolean
  /** No more characters than this. */
  readonly limit?: number
  /** Default `Message NAME …`; empty: none. */
  readonly placeholder?: string
  /** In an open shadow root. */
  readonly shadow?: boolean
  /** The whole chat in a frame. */
  readonly iframe?: boolean
  /** That many earlier messages. */
  readonly history?: number
  /** The input is emptied this many ms after the message went, and takes no Enter until then. */
  readonly slowClear?: number
  /** Nothing is sent: the input is emptied and gets its text back this many ms later, as after a failed send. */
  readonly restore?: number
}

export interface Page extends Variants {
  readonly widget: WidgetKind
}

/** How a question was answered, and how long after it had opened. */
export interface Answer {
  readonly answer: string
  readonly by: 'key' | 'click'
  readonly afterMs: number
}

/** What a page tells of itself: a message sent, a dialog's button pressed, or what else went on. */
export type Said =
  | { readonly text: string; readonly at: number }
  | (Answer & { readonly at: number })
  | { readonly event: PageEvent; readonly at: number; readonly value?: string }

export type PageEvent =
  /** Enter came and was ignored. */
  | 'busy-enter'
  | 'disabled-enter'
  /** Enter took an entry of the list: `value`. */
  | 'suggestion'
  | 'altered'
  | 'send-failed'
  /** A key went down; `value` as in `Control+a`. */
  | 'keydown'
  /** A paste of `value` characters. */
  | 'paste'
  | 'chip'
  /** Enter in the search field, which held `value`. */
  | 'search-enter'

/** What an input holds, by its editor's own document. */
export interface Peek {
  /** As it would be sent: paragraphs joined by one newline, without the attachments. */
  readonly text: string
  /** The editor's document as JSON, with chips and bold; equal documents are equal JSON. */
  readonly document: unknown
  /** The attachments' texts. */
  readonly chips: readonly string[]
  /** Whether it has the keyboard. */
  readonly focused: boolean
  /** Whether a list of suggestions is open: Enter would take its first entry. */
  readonly list: boolean
  /** What the search field holds. */
  readonly search: string
}
