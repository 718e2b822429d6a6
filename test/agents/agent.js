// The page of one agent: header, bubbles, and an input at the bottom edge as chats have it.
const asked = new URLSearchParams(location.search)
const name = asked.get('name')
const rich = asked.get('kind') === 'contenteditable'
const seen = { keys: 0, pastes: 0, clicks: 0, submitted: 0 }

const input = document.createElement(rich ? 'div' : 'textarea')
input.className = 'input'
if (rich) input.contentEditable = 'true'
const placeholder = `Message ${name} …`
if (rich) input.dataset.placeholder = placeholder
else input.placeholder = placeholder
input.setAttribute('aria-label', placeholder)
document.querySelector('.composer').append(input)
document.documentElement.style.setProperty('--hue', asked.get('hue'))
document.querySelector('.avatar').textContent = name.replace(/^agent\W*/i, '').slice(0, 2) || name.slice(0, 1)
document.querySelector('.who b').textContent = name

function text() {
  return rich ? richText(input) : input.value
}

function setText(value) {
  if (rich) input.innerText = value.endsWith('\n') ? `${value}\n` : value
  else input.value = value
}

/** What a rich input shows, line by line; `innerText` ends with one newline more than there are lines to see. */
function richText(element) {
  return element.innerText.replace(/\n$/, '')
}

function show(submitted) {
  const bubble = document.createElement('div')
  bubble.className = 'bubble'
  const body = document.createElement('p')
  body.textContent = submitted
  const time = document.createElement('time')
  time.textContent = new Date().toTimeString().slice(0, 8)
  bubble.append(body, time)
  const list = document.querySelector('main')
  list.append(bubble)
  while (list.children.length > 30) list.firstElementChild.remove()
  const count = document.querySelector('.count')
  count.hidden = false
  count.textContent = String(seen.submitted)
}

function submit() {
  const submitted = text()
  if (submitted === '') return
  seen.submitted += 1
  window.main.submit(submitted, performance.timeOrigin + performance.now())
  input[rich ? 'textContent' : 'value'] = ''
  show(submitted)
}

input.addEventListener('keydown', (event) => {
  seen.keys += 1
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  submit()
})
input.addEventListener('paste', () => (seen.pastes += 1))
addEventListener('mousedown', () => (seen.clicks += 1))

let stalling
/** Blocks the page for `ms` out of every 2.5 times as long, as a busy chat does; 0 ends it. */
function stall(ms) {
  clearInterval(stalling)
  const block = () => {
    const until = performance.now() + ms
    while (performance.now() < until);
  }
  if (ms > 0) stalling = setInterval(block, ms * 2.5)
}
stall(Number(asked.get('stallMs')))

function inputRect() {
  const { x, y, width, height } = input.getBoundingClientRect()
  const scale = devicePixelRatio
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale }
}

window.standIn = { text, setText, inputRect, stall, seen }
