import type { DesktopWindow, Rect } from '../../src/main/desktop/desktop'

/** A window whose input takes keys as a chat's does: select all, copy, paste, erase, Enter submits. */
export interface FakeWindow extends DesktopWindow {
  title: string
  rect: Rect
  minimized: boolean
  text: string
  selected: boolean
  /** False where something lies over the input: a click there would press it. */
  showsText: boolean
  /** False for an input that a modal covers: keys do nothing. */
  answers: boolean
  /** False for a program that leaves the text standing after Enter. */
  empties: boolean
  /** How many times Enter goes unheard. */
  deafToEnter: number
  /** True for an input that makes a new line of Enter, and sends by another key. */
  breaksAtEnter: boolean
  /** How many times Backspace goes unheard. */
  deafToErase: number
  /** How many keys go by before the click that came ahead of them is handled. */
  lateClick: number
  /** Where it is shown. */
  workspace: number
  /** What its program makes of a text that it is given. */
  shows: (pasted: string) => string
  /** What a contenteditable adds when it is read. */
  readonly copySuffix: string
  /** What a copy of the empty input does. */
  copiesEmpty: 'nothing' | 'no-text' | 'newline'
  /** What its page shows as selected where it holds no text: nothing, or a mark of no width. */
  marksEmpty: '' | '\ufeff'
  /** False for an editor that has not learnt of the selection: it copies nothing. */
  copies: boolean
  /** What a copy gives as HTML. */
  html: string
  readonly submitted: string[]
  pid?: number
}

type Given = Partial<FakeWindow> & Pick<FakeWindow, 'id' | 'title' | 'rect' | 'workspace'>

/** One that works as most do, but for what is given. */
export function newFakeWindow(given: Given): FakeWindow {
  return {
    app: 'fake',
    minimized: false,
    text: '',
    selected: false,
    showsText: true,
    answers: true,
    empties: true,
    deafToEnter: 0,
    breaksAtEnter: false,
    deafToErase: 0,
    lateClick: 0,
    shows: (pasted) => pasted,
    copySuffix: '',
    copiesEmpty: 'nothing',
    marksEmpty: '',
    copies: true,
    html: '',
    submitted: [],
    ...given,
  }
}
