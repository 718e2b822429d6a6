import type { Answer, Page } from './types'

/** What stands in the page around the input. */
export interface Scene {
  readonly composer: HTMLElement
  /** The editor's place: in the composer, or in a shadow root there. */
  readonly field: HTMLElement
  readonly search: HTMLInputElement
  /** Brings the styles that the page has by now into the shadow root, if there is one; resolves once they apply. */
  styled(): Promise<void>
  sent(text: string): void
  chips(texts: readonly string[]): void
  dialog(shown: boolean, answered: (answer: Answer) => void): void
  remove(): void
}

interface Heard {
  paste(event: ClipboardEvent): void
  search(value: string): void
}

export function buildScene(name: string, { history, moves, shadow }: Page, heard: Heard): Scene {
  const chat = make('div', { className: 'chat' })
  const search = make('input', { type: 'search', placeholder: 'Search', ariaLabel: 'Search' })
  search.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') heard.search(search.value)
  })
  const header = make('header')
  header.append(make('b', { textContent: name }), search)
  const messages = make('main')
  for (let index = 1; index <= (history ?? 0); index += 1) messages.append(earlier(index))
  const composer = make('div', { className: moves ? 'composer centred' : 'composer' })
  const chips = make('div', { className: 'chips' })
  const host = make('div', { className: 'field' })
  composer.append(chips, host)
  // Before any editor hears of it, wherever in the page it is.
  composer.addEventListener('paste', heard.paste, true)
  chat.append(header, messages, composer)
  document.body.append(chat)
  messages.scrollTop = messages.scrollHeight
  const { field, styled } = shadow ? shadowField(host) : { field: host, styled: async () => undefined }
  return {
    composer,
    field,
    search,
    styled,
    sent: (text) => {
      messages.append(make('p', { textContent: text }))
      messages.scrollTop = messages.scrollHeight
      composer.classList.remove('centred')
    },
    chips: (texts) => {
      const labels = texts.map((text) => `Pasted text, ${text.length} characters`)
      chips.replaceChildren(...labels.map((textContent) => make('button', { textContent })))
    },
    dialog: (shown, answered) => {
      chat.querySelector('dialog')?.remove()
      if (shown) ask(chat, answered)
    },
    remove: () => chat.remove(),
  }
}

function ask(chat: HTMLElement, answered: (answer: Answer) => void): void {
  const since = performance.now()
  const dialog = make('dialog', { ariaLabel: 'Permission' })
  dialog.append(make('p', { textContent: 'May this agent run rm -r build?' }))
  for (const answer of ['Allow', 'Deny']) {
    const button = make('button', { textContent: answer })
    button.addEventListener('click', ({ detail }) => {
      const by = detail === 0 ? 'key' : 'click'
      answered({ answer: answer.toLowerCase(), by, afterMs: performance.now() - since })
      dialog.close()
      dialog.remove()
    })
    dialog.append(button)
  }
  chat.append(dialog)
  dialog.showModal()
}

function shadowField(host: HTMLElement): { field: HTMLElement; styled(): Promise<void> } {
  const root = host.attachShadow({ mode: 'open' })
  const field = make('div')
  root.append(field)
  const brought = new Set<Element>()
  const bring = async (style: Element): Promise<void> => {
    brought.add(style)
    const copy = style.cloneNode(true)
    const loaded = new Promise((resolve) => copy.addEventListener('load', resolve))
    root.insertBefore(copy, field)
    await loaded
  }
  return {
    field,
    styled: async () => {
      const styles = [...document.head.querySelectorAll('style, link[rel="stylesheet"]')]
      await Promise.all(styles.filter((style) => !brought.has(style)).map(bring))
    },
  }
}

/** Various in length, the same in every window. */
function earlier(index: number): HTMLElement {
  const words = 'The parser branch is green and waits for the review of its last change.'
  const text = Array.from({ length: 1 + ((index * 7) % 5) }, () => words).join(' ')
  return make('p', { textContent: `${index}. ${text}` })
}

function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(tag), properties)
}
