import type { Look } from './look'
import { isPageHtml, isRichHtml } from './rich-html'
import { excerpt } from './spelling'

/** What came of selecting everything in an input and copying it. */
export interface Copied {
  /** The text that its program put on the clipboard; empty where that held none, undefined where nothing was put there. */
  readonly text: string | undefined
  /** The text that it showed as selected meanwhile; empty where it showed none, undefined where the system does not tell. */
  readonly marked: string | undefined
  /** How long that took, in ms; undefined where nothing came. */
  readonly tookMs: number | undefined
}

/**
 * What a copy says of the input that it was made in. Copying tells a text exactly, in the editor's own way to write
 * lines; that nothing was copied is weak: a program that did not answer looks the same. It is sure where the page has shown
 * a selection without text meanwhile (Slate). A lone line break is what an editor copies whose empty line it is. `html` is
 * the same copy as HTML, where its program gives that. An editor that copies nothing while its page shows text as selected
 * has not learnt of the selection yet (Slate, for up to 100 ms).
 */
export function lookOfCopy({ text, marked }: Pick<Copied, 'text' | 'marked'>, html: string): Look {
  const look = { kind: 'text', means: 'copy', text: '', isRich: false } as const
  if (text === undefined && marksText(marked))
    return {
      kind: 'unreadable',
      why: 'copy-fails',
      cure: 'Copying out of this input does not show what stands there.',
    }
  if (text === undefined)
    return { ...look, sure: marked ? 'exact' : 'weak', blank: { means: 'copy', copied: 'nothing' } }
  if (text === '') return { ...look, sure: 'exact', blank: { means: 'copy', copied: 'no-text' } }
  if (/^\r?\n$/.test(text)) return { ...look, sure: 'exact', blank: { means: 'copy', copied: 'newline' } }
  if (isPageHtml(html)) return { kind: 'elsewhere', role: 'page', name: excerpt(text), isQuestion: false }
  return {
    ...look,
    text: exactly(text, marked, html),
    sure: 'exact',
    blank: undefined,
    isRich: isRichHtml(html),
  }
}

/** Whether what a program has shown as selected holds any text. */
export function marksText(marked: string | undefined): boolean {
  return marked !== undefined && /[^\ufeff\n]/.test(marked)
}

/** Whether nothing was copied where the page had selected everything, which held no text: no wait can change that. */
export function isMarkedEmpty(look: Look): boolean {
  return (
    look.kind === 'text' &&
    look.sure === 'exact' &&
    look.blank?.means === 'copy' &&
    look.blank.copied === 'nothing'
  )
}

/** A rich input whose page shows no line break at the end has added the copy's own (Slate): put back, it would be one more. */
function exactly(text: string, marked: string | undefined, html: string): string {
  const isAdded = html !== '' && marked !== undefined && /[^\ufeff\n]\ufeff?$/.test(marked)
  return isAdded ? text.replace(/\r?\n$/, '') : text
}
