// Top-level names of a classic script would be the window's own: this page's stay in here.
{
  // The page of one agent: header, bubbles, and an input at the bottom edge as chats have it.
  const asked = new URLSearchParams(location.search)
  const agent = asked.get('name') ?? ''
  const seen = { keys: 0, pastes: 0, clicks: 0, submitted: 0 }

  const placeholder = `Message ${agent} …`
  const {
    element: input,
    text,
    setText,
  } = asked.get('kind') === 'contenteditable' ? richInput() : plainInput()
  input.className = 'input'
  input.setAttribute('aria-label', placeholder)
  element('.composer').append(input)
  element('.avatar').textContent = agent.replace(/^agent\W*/i, '').slice(0, 2) || agent.slice(0, 1)
  element('.who b').textContent = agent
  document.documentElement.style.setProperty('--hue', asked.get('hue'))

  /** @param {string} selector */
  function element(selector) {
    const found = document.querySelector(selector)
    if (!found) throw new Error(`no ${selector}`)
    return found
  }

  function plainInput() {
    const element = document.createElement('textarea')
    element.placeholder = placeholder
    return {
      element,
      text: () => element.value,
      setText: (/** @type {string} */ value) => void (element.value = value),
    }
  }

  function richInput() {
    const element = document.createElement('div')
    element.contentEditable = 'true'
    element.dataset.placeholder = placeholder
    return {
      element,
      // What it shows, line by line: innerText ends with one newline more than there are lines to see.
      text: () => element.innerText.replace(/\n$/, ''),
      setText: (/** @type {string} */ value) => {
        element.innerText = value.endsWith('\n') ? `${value}\n` : value
      },
    }
  }

  /** @param {string} submitted */
  function show(submitted) {
    const bubble = document.createElement('div')
    bubble.className = 'bubble'
    const body = document.createElement('p')
    body.textContent = submitted
    const time = document.createElement('time')
    time.textContent = new Date().toTimeString().slice(0, 8)
    bubble.append(body, time)
    const list = element('main')
    list.append(bubble)
    while (list.children.length > 30) list.firstElementChild?.remove()
    const count = element('.count')
    count.removeAttribute('hidden')
    count.textContent = String(seen.submitted)
  }

  function submit() {
    const submitted = text()
    if (submitted === '') return
    seen.submitted += 1
    window.main.submit(submitted, performance.timeOrigin + performance.now())
    setText('')
    show(submitted)
  }

  input.addEventListener('keydown', (event) => {
    seen.keys += 1
    if (!(event instanceof KeyboardEvent) || event.key !== 'Enter' || event.shiftKey || event.isComposing)
      return
    event.preventDefault()
    submit()
  })
  input.addEventListener('paste', () => (seen.pastes += 1))
  addEventListener('mousedown', () => (seen.clicks += 1))

  /** @type {ReturnType<typeof setInterval> | undefined} */
  let stalling

  /**
   * Blocks the page for `ms` out of every 2.5 times as long, as a busy chat does; 0 ends it.
   * @param {number} ms
   */
  function stall(ms) {
    clearInterval(stalling)
    const block = () => {
      const until = performance.now() + ms
      while (performance.now() < until);
    }
    stalling = ms > 0 ? setInterval(block, ms * 2.5) : undefined
  }
  stall(Number(asked.get('stallMs')))

  /**
   * A question within the page, over all of it, with the focus on the button that allows.
   * @param {boolean} shown
   * @param {boolean} overInput with that button just where the input is
   */
  function ask(shown, overInput) {
    document.querySelector('dialog')?.remove()
    if (!shown) return
    const dialog = document.createElement('dialog')
    const words = document.createElement('p')
    words.textContent = 'May this agent run rm -r build?'
    dialog.append(words)
    for (const answer of ['allow', 'deny']) {
      const button = document.createElement('button')
      button.textContent = answer
      button.addEventListener('click', () => window.main.answer(answer))
      dialog.append(button)
    }
    // As many do, it keeps the focus wherever one clicks.
    dialog.addEventListener('mousedown', (event) => event.preventDefault())
    document.body.append(dialog)
    dialog.showModal()
    if (!overInput) return
    const { left, top, width, height } = input.getBoundingClientRect()
    const place = `position: fixed; left: ${left}px; top: ${top}px; width: ${width}px; height: ${height}px`
    dialog.querySelector('button')?.setAttribute('style', place)
  }

  function inputRect() {
    const { x, y, width, height } = input.getBoundingClientRect()
    const scale = devicePixelRatio
    return { x: x * scale, y: y * scale, width: width * scale, height: height * scale }
  }

  window.standIn = { text, setText, inputRect, stall, ask, seen }
}
