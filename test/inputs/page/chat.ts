import type { Channel } from './channel'
import { OptionList } from './option-list'
import { buildScene, type Scene } from './scene'
import type { Page, PageEvent, Peek, Variants } from './types'
import type { Widget } from './widget'
import { mounts } from './widgets/mounts'

const suggestions: readonly (readonly [ending: RegExp, entry: string])[] = [
  [/@al$/, '@alsuggested '],
  [/@app$/, '@src/app.ts '],
  [/\/hel$/, '/help '],
]

/** A chat with one input: what Enter means in it, and what else its variants do. */
export class Chat {
  #channel
  #page
  #scene: Scene
  #widget: Widget | undefined
  #list: OptionList
  #chips: string[] = []
  #timers = new Set<number>()
  #busy = false
  #clearing = false
  #disabled = false
  #altered = false
  #pasted = false

  constructor(name: string, page: Page, channel: Channel) {
    this.#channel = channel
    this.#page = page
    this.#scene = buildScene(name, page, {
      paste: (event) => this.#paste(event),
      search: (value) => this.#tell('search-enter', value),
    })
    this.#list = new OptionList(this.#scene.composer)
  }

  async mount(name: string): Promise<void> {
    const mount = await mounts[this.#page.widget]()
    await this.#scene.styled()
    this.#widget = await mount({
      place: this.#scene.field,
      placeholder: this.#page.placeholder ?? `Message ${name} …`,
      enter: () => this.#enter(),
      changed: () => this.#changed(),
      suggestion: (text) => (this.#page.suggest ? suggestionFor(text)?.entry : undefined),
      suggested: (taken) => this.#tell('suggestion', taken),
    })
    await this.#scene.styled()
    if (this.#page.limit !== undefined && this.#widget.element instanceof HTMLTextAreaElement)
      this.#widget.element.maxLength = this.#page.limit
    if (this.#page.search !== undefined) this.#later(this.#page.search, () => this.focusSearch())
  }

  get widget(): Widget {
    if (!this.#widget) throw new Error('the input is not there yet')
    return this.#widget
  }

  /** These variants instead, from now on; those that shape the page need a new chat. */
  set(variants: Variants): void {
    this.#page = { ...variants, widget: this.#page.widget }
  }

  peek(): Peek {
    const { widget } = this
    const search = this.#scene.search.value
    const list = this.#list.shown !== undefined || widget.offers?.() === true
    const focused = document.hasFocus() && widget.element.matches(':focus-within')
    const held = { text: widget.text(), document: widget.document(), chips: [...this.#chips] }
    return { ...held, focused, list, search }
  }

  /** Told not to be, one that is disabled takes text again, too. */
  setBusy(busy: boolean): void {
    this.#busy = busy
    if (!busy && this.#disabled) this.#enable()
  }

  focusSearch(): void {
    this.#scene.search.focus()
  }

  /** A modal question with the focus on the button that allows. */
  dialog(shown: boolean): void {
    this.#scene.dialog(shown, (answer) => this.#channel.say({ ...answer, at: now() }))
  }

  destroy(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#widget?.destroy()
    this.#scene.remove()
  }

  #enter(): void {
    if (this.#disabled) return this.#tell('disabled-enter')
    if (this.#busy || this.#clearing) return this.#tell('busy-enter')
    if (this.#list.shown !== undefined) return this.#takeSuggestion()
    const text = this.widget.text()
    const whole = [...this.#chips, text].filter((part) => part !== '').join('\n')
    if (whole === '') return
    if (this.#page.breaksAtEnter) {
      this.#tell('altered')
      return this.widget.setDraft(`${text}\n`)
    }
    if (this.#page.alterOnEnter && !this.#altered) {
      this.#altered = true
      this.#tell('altered')
      return this.widget.setDraft(`${text} (corrected)`)
    }
    this.#send(text, whole)
  }

  #send(text: string, whole: string): void {
    const { restore, slowClear, busy, disabledWhileAnswering } = this.#page
    this.#altered = false
    if (restore !== undefined) {
      this.#tell('send-failed')
      this.widget.setDraft('')
      return this.#later(restore, () => this.widget.setDraft(text))
    }
    this.#channel.say({ text: whole, at: now() })
    this.#scene.sent(whole)
    this.#showChips([])
    if (slowClear === undefined) this.widget.setDraft('')
    else {
      this.#clearing = true
      this.#later(slowClear, () => {
        this.#clearing = false
        this.widget.setDraft('')
      })
    }
    if (busy !== undefined) {
      this.#busy = true
      this.#later(busy, () => (this.#busy = false))
    }
    if (disabledWhileAnswering !== undefined) this.#disable(disabledWhileAnswering)
  }

  #disable(ms: number): void {
    this.#disabled = true
    this.widget.setEditable(false)
    this.#later(ms, () => this.#enable())
  }

  #enable(): void {
    this.#disabled = false
    this.widget.setEditable(true)
  }

  #takeSuggestion(): void {
    const text = this.widget.text()
    const found = suggestionFor(text)
    this.#list.show(undefined)
    if (!found) return
    this.#tell('suggestion', found.entry)
    this.widget.setDraft(text.replace(found.ending, found.entry))
  }

  #changed(): void {
    // Some editors tell of a change within it, before they can take the next one.
    queueMicrotask(() => this.#lookAfter())
  }

  #lookAfter(): void {
    const { suggest, smart, limit, widget: kind } = this.#page
    const text = this.widget.text()
    // CodeMirror and TipTap show lists of their own; TipTap's is for mentions only.
    const own = kind === 'codemirror' || (kind === 'tiptap' && /@\w*$/.test(text))
    this.#list.show(suggest && !own ? suggestionFor(text)?.entry.trim() : undefined)
    if (limit !== undefined && text.length > limit) return this.widget.setDraft(text.slice(0, limit))
    if (!this.#pasted) return
    this.#pasted = false
    if (smart && smartened(text) !== text) this.widget.setDraft(smartened(text))
  }

  #paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? ''
    this.#tell('paste', String(text.length))
    this.#pasted = true
    if (this.#page.chip === undefined || text.length <= this.#page.chip) return
    event.preventDefault()
    event.stopImmediatePropagation()
    this.#pasted = false
    this.#tell('chip', String(text.length))
    this.#showChips([...this.#chips, text])
  }

  #showChips(chips: string[]): void {
    this.#chips = chips
    this.#scene.chips(chips)
  }

  #later(ms: number, then: () => void): void {
    const timer = window.setTimeout(() => {
      this.#timers.delete(timer)
      then()
    }, ms)
    this.#timers.add(timer)
  }

  #tell(event: PageEvent, value?: string): void {
    this.#channel.say({ event, at: now(), ...(value === undefined ? {} : { value }) })
  }
}

function suggestionFor(text: string): { ending: RegExp; entry: string } | undefined {
  const found = suggestions.find(([ending]) => ending.test(text))
  return found && { ending: found[0], entry: found[1] }
}

function smartened(text: string): string {
  return text
    .replaceAll(/(^|[\s([])"/g, '$1“')
    .replaceAll('"', '”')
    .replaceAll(/(\w)'/g, '$1’')
    .replaceAll('--', '—')
    .replaceAll('...', '…')
}

function now(): number {
  return performance.timeOrigin + performance.now()
}
