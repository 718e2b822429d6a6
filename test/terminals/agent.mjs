// A stand-in for an agent in a terminal: it draws a prompt as the real ones do, takes pastes, and writes what was submitted
// to a log, one JSON object a line: `{"prompt": text}`, `{"answered": key}` for a question, `{"event": name}` besides.
//   node agent.mjs LOG STYLE [TRAIT…]
// A file LOG.do tells it what to do: `question`, `no question`, `hang MS`, `exit`, `shell mode`.
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs'

const [log = '', style = 'claude', ...traits] = process.argv.slice(2)
const has = (/** @type {string} */ trait) => traits.includes(trait)
/** @param {object} entry */
const note = (entry) => appendFileSync(log, `${JSON.stringify(entry)}\n`)

const styles = {
  claude: { mark: '❯\u00a0', hint: '\u001b[2mTry "fix the tests"\u001b[22m', rules: true, hideCursor: true },
  codex: { mark: '› ', hint: '\u001b[2mSummarize recent commits\u001b[22m', rules: false, hideCursor: false },
  gemini: {
    mark: ' > ',
    hint: '\u001b[38;2;108;112;134m  Type your message or @path/to/file\u001b[39m',
    rules: true,
    hideCursor: true,
  },
}
const look = styles[/** @type {keyof typeof styles} */ (style)]
if (has('no hint')) look.hint = ''

let draft = ''
let cursor = 0
let placeholder = ''
let question = false
let starting = has('slow')
let tick = 0
let pasting = false
let pasted = ''
/** @type {string[]} */
const said = []

/** The width of a text, wide characters as two; emoji sequences on purpose as naive programs count them. */
function width(/** @type {string} */ text) {
  let columns = 0
  for (const char of text)
    columns += /[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uff00-\uff60\u{1f300}-\u{1faff}]/u.test(char) ? 2 : 1
  return columns
}

/** The draft's rows, wrapped at the window's width and indented below the mark. */
function rowsOf(/** @type {string} */ text) {
  const columns = process.stdout.columns
  const room = columns - look.mark.length - 1
  return text.split('\n').flatMap((line) => {
    const rows = ['']
    for (const char of line) {
      if (width((rows.at(-1) ?? '') + char) > room) rows.push('')
      rows[rows.length - 1] += char
    }
    return rows
  })
}

function draw() {
  const height = process.stdout.rows
  const columns = process.stdout.columns
  const out = ['\u001b[?2026h\u001b[H\u001b[2J']
  const lines = said.slice(-4).map((text) => `● heard ${text.length} characters`)
  if (has('clock')) lines.push(`tick ${tick}`)
  let place = { x: 0, y: 0 }
  if (question) {
    lines.push(
      '',
      'Do you want to proceed?',
      '❯ 1. Yes',
      '  2. No, and tell it what to do differently',
      '',
      'Esc to cancel',
    )
    place = { x: 1, y: lines.indexOf('❯ 1. Yes') }
  } else {
    if (starting) lines.push(`${'|/-\\'[tick % 4]} Waiting for startup · esc cancel`)
    if (look.rules) lines.push('─'.repeat(columns))
    const first = lines.length
    const shown = placeholder || draft
    const rows = rowsOf(shown)
    const room = height - first - 3
    const visible = rows.slice(Math.max(0, rows.length - room))
    const hidden = rows.length - visible.length
    visible.forEach((row, index) => {
      const head = index + hidden === 0 ? look.mark : ' '.repeat(look.mark.length)
      lines.push(head + row + (shown === '' ? look.hint : ''))
    })
    const before = rowsOf(placeholder || draft.slice(0, cursor))
    place = { x: look.mark.length + width(before.at(-1) ?? ''), y: first + before.length - 1 - hidden }
    if (look.rules) lines.push('─'.repeat(columns))
    lines.push('\u001b[2m  ? for shortcuts\u001b[22m')
  }
  out.push(lines.slice(0, height).join('\r\n'), `\u001b[${place.y + 1};${place.x + 1}H\u001b[?2026l`)
  process.stdout.write(out.join(''))
}

function submit() {
  const text = draft
  draft = ''
  cursor = 0
  placeholder = ''
  if (has('refuses commands') && text.startsWith('/')) {
    note({ refused: text })
    draft = text
  } else {
    note({ prompt: text })
    said.push(text)
    if (has('asks after')) question = true
  }
}

function insert(/** @type {string} */ text) {
  draft = draft.slice(0, cursor) + text + draft.slice(cursor)
  cursor += text.length
}

function takePaste(/** @type {string} */ raw) {
  const text = raw.replaceAll('\r', '\n').replaceAll('\t', '    ')
  if (question) {
    if (has('takes digits') && /^[12y]$/.test(text.trim())) answer(text.trim())
    return
  }
  if (has('deaf')) return note({ event: 'paste ignored' })
  insert(text)
  const lines = text.split('\n').length
  if (has('placeholder') && (lines > 4 || text.length > 800)) {
    placeholder =
      style === 'codex'
        ? `[Pasted Content ${text.length} chars]`
        : style === 'gemini'
          ? `[Pasted Text: ${lines} lines]`
          : `[Pasted text #1${lines > 1 ? ` +${lines - 1} lines` : ''}]`
  }
  note({ event: 'pasted' })
}

function answer(/** @type {string} */ key) {
  note({ answered: key })
  question = false
}

function takeKey(/** @type {string} */ key) {
  if (question) {
    if (key === '\r') answer('Enter')
    else if (key === '\u001b') question = false
    else if (/^[12y]$/.test(key)) answer(key)
  } else if (key === '\r') {
    if (starting) note({ event: 'Enter swallowed' })
    else if (has('breaks')) {
      insert('\n')
      note({ event: 'new line' })
    } else if (draft !== '') submit()
  } else if (key === '\u0003') process.exit(0)
  else if (key === '\u007f') {
    draft = ''
    cursor = 0
    placeholder = ''
  } else if (key >= ' ') insert(key)
}

function take(/** @type {string} */ data) {
  let rest = data
  while (rest !== '') {
    if (pasting) {
      const end = rest.indexOf('\u001b[201~')
      pasted += end < 0 ? rest : rest.slice(0, end)
      rest = end < 0 ? '' : rest.slice(end + 6)
      if (end >= 0) {
        pasting = false
        takePaste(pasted)
        pasted = ''
      }
    } else if (rest.startsWith('\u001b[200~')) {
      pasting = true
      rest = rest.slice(6)
    } else {
      const [key = ''] = rest
      takeKey(key)
      rest = rest.slice(key.length)
    }
  }
  draw()
}

function obey(/** @type {string} */ order) {
  note({ event: order })
  if (order === 'question') question = true
  else if (order === 'no question') question = false
  else if (order === 'shell mode') look.mark = '! '
  else if (order.startsWith('hang '))
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(order.slice(5)))
  else if (order === 'exit') process.exit(0)
  draw()
}

function begin() {
  process.stdin.setRawMode(true)
  process.stdin.setEncoding('utf8').on('data', (/** @type {string} */ data) => take(data))
  process.stdout.write(`\u001b[?2004h${look.hideCursor ? '\u001b[?25l' : ''}`)
  process.on('exit', () => process.stdout.write('\u001b[?2004l\u001b[?25h\u001b[2J\u001b[H'))
  process.stdout.on('resize', draw)
  if (starting) setTimeout(() => ((starting = false), draw()), 2500)
  if (has('clock') || starting) setInterval(() => ((tick += 1), draw()), has('calm') ? 250 : 50)
  setInterval(() => {
    if (!existsSync(`${log}.do`)) return
    const order = readFileSync(`${log}.do`, 'utf8')
    rmSync(`${log}.do`)
    obey(order)
  }, 20)
  if (has('trust')) question = true
  note({ event: 'started' })
  draw()
}

// Some are long in coming: the terminal's own echo answers meanwhile.
if (has('late')) setTimeout(begin, 1500)
else begin()
