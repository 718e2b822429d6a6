/** A list of one entry above the input; which key takes it is its user's affair. */
export class OptionList {
  #list = document.createElement('ul')
  shown: string | undefined

  constructor(place: HTMLElement) {
    this.#list.role = 'listbox'
    this.#list.hidden = true
    place.append(this.#list)
  }

  show(option: string | undefined): void {
    this.shown = option
    this.#list.hidden = option === undefined
    const entry = document.createElement('li')
    entry.role = 'option'
    entry.ariaSelected = 'true'
    entry.textContent = option ?? ''
    this.#list.replaceChildren(entry)
  }
}
