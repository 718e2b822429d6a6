import type { Point, Rect } from '../desktop/desktop'

/** What an input looks like when it is empty: its words of advice, or what a copy does there. */
export type Blank =
  /** By the tree: what cannot be edited in it (a placeholder), often nothing. */
  | { readonly means: 'tree'; readonly shown: string }
  /** By copying: nothing was put on the clipboard, something without text was, or a line break alone. */
  | { readonly means: 'copy'; readonly copied: 'nothing' | 'no-text' | 'newline' }

/** Whose words an answer is in, and how far it can be believed. */
export type Sureness =
  /** All that stands in the input. */
  | 'exact'
  /** What is drawn of it, or an end of it: may prove that it is empty, never that it equals something. */
  | 'partial'
  /** Consistent with an empty input, and with a program that did not answer. */
  | 'weak'

/** The input's content. */
export interface TextLook {
  readonly kind: 'text'
  readonly means: 'tree' | 'copy'
  readonly sure: Sureness
  /** What can be edited in the input, blocks on lines of their own; U+FEFF and one trailing line break left out. */
  readonly text: string
  /** True where one was left out: a last line that is open. */
  readonly isOpen?: true
  /** How it would look if it were empty; undefined where text stands there. */
  readonly blank: Blank | undefined
  /** True where more than plain text stands there: chips, bold, images. */
  readonly isRich: boolean
  /** Where the input stands on the screen, as far as that is told. */
  readonly rect?: Rect
}

/** What an input was found to hold, without having touched it. */
export type Look =
  | TextLook
  /** The focus is on something else: another field of the page, a button, a dialog. */
  | {
      readonly kind: 'elsewhere'
      readonly role: string
      readonly name: string
      /** True for a question: a button or something in a dialog has the focus. */
      readonly isQuestion: boolean
      /** What stands in that other field, as far as it can be read. */
      readonly text?: string
    }
  /** The input is there, and takes nothing now. */
  | { readonly kind: 'disabled' }
  | { readonly kind: 'unreadable'; readonly why: Unreadable; readonly cure: string }

export type Unreadable =
  /** The accessibility tree is switched off. */
  | 'off'
  /** It is on, and the program was started before that or has none. */
  | 'not-registered'
  /** The program shows an empty page: its window is covered or minimized, or it is just starting. */
  | 'page-empty'
  /** No input is to be found at the agent's point. */
  | 'no-input'
  /** The program or the bus did not answer in time. */
  | 'timeout'
  /** Copying out of this input shows nothing of what stands there, or changes it. */
  | 'copy-fails'

/** Which window's input is looked for, and where it is expected. */
export interface Place {
  /** The process that owns the window. */
  readonly pid: number
  readonly title: string
  /** The window's content in screen pixels. */
  readonly rect: Rect
  /** Where the agent's input was calibrated, in screen pixels. */
  readonly point: Point
}

/** An input found in the tree. It stays the same object for as long as the program keeps it. */
export interface SeenInput {
  /**
   * Reads it now; changes nothing. Never rejects, and answers within a second. `focused`: the window is the active one,
   * so that another focus than on the input is `elsewhere`; without it, the input is read wherever the focus is (GTK and
   * Qt know of none in other windows).
   */
  look(how: { readonly focused: boolean }): Promise<Look>
  /** Resolves when the program tells of a change in this window, or after `deadlineMs`. */
  changed(deadlineMs: number): Promise<void>
}

/** What a terminal's window shows, without its colours. */
export interface TerminalText {
  readonly kind: 'terminal'
  /** From the top, as the program has written them. */
  readonly rows: readonly string[]
  /** In characters, not in columns; undefined while the program is drawing. */
  readonly cursor: { readonly x: number; readonly y: number } | undefined
  /** The same as the program counts it, which need not be in this text's characters. */
  readonly caret?: number | undefined
  /** Whether keys that the window gets go to the terminal, and to no search or menu of its window. */
  readonly isFocused: boolean
}

/** The programs' accessibility trees, read only: no key, no focus, no change. */
export interface Tree {
  /** What the one terminal that shows in a window holds. Never rejects, and answers within a second. */
  readTerminal(place: Place): Promise<TerminalText | Extract<Look, { kind: 'unreadable' }>>
  /** The input at the place, or why it cannot be looked at. Never rejects, and answers within a second. */
  find(place: Place): Promise<SeenInput | Extract<Look, { kind: 'unreadable' | 'elsewhere' }>>
  /** Whether programs that start from now on show their trees. */
  isOn(): Promise<boolean>
  /** Switches that on or off for this user, for programs that start after it; never as a screen reader. */
  turn(on: boolean): Promise<void>
  close(): void
}
