import type { Asking, Run } from './asking'
import type { Ref } from './talk'

/** What is asked of the objects that a content is made of. */
type Questions = Pick<Asking, 'text' | 'children' | 'states' | 'attributes' | 'role' | 'run'>

/** What an object holds, read with all that is embedded in it. */
export interface Content {
  /** What can be edited, blocks on lines of their own. */
  readonly text: string
  /** What cannot be: placeholders, chips, list markers; U+FFFC for what has no words. */
  readonly rest: string
  /** True where more than plain text stands there. */
  readonly isRich: boolean
  /** False where there was too much to read all of it. */
  readonly isWhole: boolean
}

/** An input's content, with the objects it was read from: news of a change name one of them. */
export interface ReadContent extends Content {
  readonly paths: ReadonlySet<string>
  /**
   * Whether any letter can be edited; undefined where there is none. Chromium leaves the states of an editor and its
   * paragraphs as they were when it is locked or opened: only those of its letters are true.
   */
  readonly canEdit: boolean | undefined
}

interface Part extends Content {
  readonly isBlock: boolean
  readonly isEditable: boolean
}

const EMBEDDED = '\uFFFC'
const PLAIN_TAGS = new Set([undefined, 'p', 'div', 'span', 'br', 'textarea', 'input'])
const INLINE_ROLES = new Set(['static', 'text', 'link', 'image', 'push button', 'label', 'unknown', 'entry'])
/** As many blocks as are all read one by one: some 30 KB of text. Of more, only the first and the last are. */
const BLOCKS = 400
const HEAD = 20
const TAIL = 80
const DEEPEST = 12
/** TipTap's and Quill's empty paragraphs: Firefox shows their placeholder as if it were their text. */
const EMPTY_CLASS = /(^|\s)(is-editor-empty|is-empty|ql-blank)(\s|$)/
const STYLED = 64
const RUNS = 16

const PLAIN_FIELDS = new Set<string | undefined>([undefined, 'textarea', 'input'])

/**
 * True for an editor of a page that has letters and no part that they are in: Chromium is just making its parts anew, as it
 * does at a click, and its words of advice would pass for its text.
 */
export async function isInTheMaking(
  asking: Asking,
  root: Ref,
  { text, paths }: ReadContent,
): Promise<boolean> {
  if (text === '' || paths.size > 1) return false
  return !PLAIN_FIELDS.has((await asking.attributes(root))['tag'])
}

/** Reads an input's content. Whatever it says, the text came from this object alone. */
export async function readContent(asking: Questions, root: Ref): Promise<ReadContent> {
  const [text, kids] = await Promise.all([asking.text(root), asking.children(root)])
  const own = text ?? ''
  const paths = new Set([root[1]])
  if (kids.length === 0)
    return { text: own, rest: '', isRich: false, isWhole: true, paths, canEdit: undefined }
  // How a block's letters look by themselves; the last one's, since advice in CSS comes first.
  const block = own.lastIndexOf(EMBEDDED)
  const base = block === -1 ? undefined : await asking.run(root, block)
  const reader = new Reader(asking, paths, base && styleOf(base))
  const content = await reader.inside(root, own, kids, 0)
  return { ...content, paths, canEdit: reader.canEdit }
}

class Reader {
  canEdit: boolean | undefined
  readonly #asking: Questions
  readonly #paths: Set<string>
  /** How plain letters look here: as their block does, else as the first that are read. */
  #plain: string | undefined

  constructor(asking: Questions, paths: Set<string>, plain: string | undefined) {
    this.#asking = asking
    this.#paths = paths
    this.#plain = plain
  }

  async inside(of: Ref, own: string, kids: readonly Ref[], depth: number): Promise<Content> {
    if (!own.includes(EMBEDDED)) {
      const content = await this.#lettersOnly(of, own, kids)
      if (content) return content
    }
    if (depth > DEEPEST) return { text: '', rest: own, isRich: true, isWhole: false }
    const isWhole = kids.length <= BLOCKS
    if (isWhole) return joined(own, await this.#parts(kids, depth))
    const ends = [...kids.slice(0, HEAD), ...kids.slice(-TAIL)]
    const content = joined(EMBEDDED.repeat(ends.length), await this.#parts(ends, depth))
    return { ...content, isWhole: false }
  }

  /** Letters without anything embedded, all of which can be edited: they are not read again one by one. */
  async #lettersOnly(of: Ref, own: string, kids: readonly Ref[]): Promise<Content | undefined> {
    for (const [, path] of kids) this.#paths.add(path)
    const states = await Promise.all(kids.map(async (kid) => this.#asking.states(kid)))
    for (const is of states) this.#meetLetters(is('editable'))
    if (!states.every((is) => is('editable'))) return undefined
    const lettered = kids.length === 0 ? [of] : kids.slice(0, STYLED)
    const styled = await Promise.all(lettered.map(async (one) => this.#isStyled(one, own.length)))
    const isRich = styled.includes(true)
    return { text: own, rest: '', isRich, isWhole: true }
  }

  async #parts(kids: readonly Ref[], depth: number): Promise<readonly (Part & { own: string })[]> {
    return Promise.all(kids.map(async (kid) => this.#part(kid, depth + 1)))
  }

  async #part(of: Ref, depth: number): Promise<Part & { own: string }> {
    const asking = this.#asking
    this.#paths.add(of[1])
    const [own, kids, is, { tag, display, class: className = '' }] = await Promise.all([
      asking.text(of),
      asking.children(of),
      asking.states(of),
      asking.attributes(of),
    ])
    const isEditable = is('editable')
    const isBlock =
      display === undefined ? !INLINE_ROLES.has(await asking.role(of)) : !display.startsWith('inline')
    const shape = { own: own ?? '', isBlock, isEditable }
    // What CSS adds (a placeholder, a list's marker) is no part of the document.
    if (tag?.startsWith('::') === true)
      return { ...shape, isEditable: false, text: '', rest: own ?? '', isRich: false, isWhole: true }
    if (own !== undefined && EMPTY_CLASS.test(className) && !own.includes(EMBEDDED))
      return { ...shape, text: '', rest: own.trimEnd(), isRich: false, isWhole: true }
    if (own === undefined)
      return { ...shape, isEditable: false, text: '', rest: EMBEDDED, isRich: true, isWhole: true }
    if (kids.length === 0 || !isEditable) this.#meetLetters(isEditable)
    if (!isEditable) {
      const rest = own.replaceAll('\uFEFF', '')
      return { ...shape, text: '', rest, isRich: rest !== '', isWhole: true }
    }
    const content = await this.inside(of, own, kids, depth)
    return { ...shape, ...content, isRich: content.isRich || !PLAIN_TAGS.has(tag) }
  }

  #meetLetters(canEdit: boolean): void {
    this.canEdit = this.canEdit === true || canEdit
  }

  async #isStyled(of: Ref, length: number): Promise<boolean> {
    for (let at = 0, runs = 0; at < length && runs < RUNS; runs++) {
      const run = await this.#asking.run(of, at)
      if (!run) return false
      const style = styleOf(run)
      this.#plain ??= style
      if (style !== this.#plain) return true
      if (run.end <= at) return false
      at = run.end
    }
    return false
  }
}

function styleOf(run: Run): string {
  const { weight = '400', underline = 'none', strikethrough = 'false' } = run.style
  const style = run.style['font-style'] ?? run.style['style'] ?? 'normal'
  // A chip's colour is all that Firefox tells of it.
  const colour = run.style['background-color'] ?? run.style['bg-color'] ?? ''
  return [weight, style, underline, strikethrough, colour].join(' ')
}

/** Puts parts in their places: at a U+FFFC each, or where the text has their own letters. */
function joined(own: string, parts: readonly (Part & { own: string })[]): Content {
  let at = 0
  const text = new Lines()
  let rest = ''
  const letters = (to: number): void => {
    text.add(own.slice(at, to), false)
    at = to
  }
  for (const part of parts) {
    const isInlined = part.own !== '' && own[at] !== EMBEDDED && own.startsWith(part.own, at)
    if (!isInlined) {
      const next = own.indexOf(EMBEDDED, at)
      letters(next === -1 ? own.length : next)
    }
    at += isInlined ? part.own.length : 1
    rest += part.rest
    if (part.isEditable) text.add(part.text, part.isBlock)
  }
  letters(own.length)
  const isRich = parts.some(({ isRich }) => isRich)
  return { text: text.all, rest, isRich, isWhole: parts.every(({ isWhole }) => isWhole) }
}

/** Pieces of text, blocks on lines of their own. */
class Lines {
  all = ''
  #isBlock = false
  #isFirst = true

  add(piece: string, isBlock: boolean): void {
    if (piece === '' && !isBlock) return
    const isNext = !this.#isFirst && (isBlock || this.#isBlock)
    // A line that has just been broken need not be broken again before a block.
    if (isNext && (this.#isBlock || !this.all.endsWith('\n'))) this.all += '\n'
    // The break that keeps a block's last line open is none of its text.
    this.all += isBlock ? piece.replace(/\n$/, '') : piece
    this.#isBlock = isBlock
    this.#isFirst = false
  }
}
