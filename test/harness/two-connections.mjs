import { createInterface } from 'node:readline'
import x11 from 'x11'

// A program whose clipboard has a connection of its own beside that of its window, as some terminals': each line on its
// standard input is a paste, and what it got is a line of JSON on its standard output. The first line is its window.

const display = process.env['DISPLAY'] ?? ''

/** @returns {Promise<import('x11').Display>} */
const connect = () =>
  new Promise((resolve, reject) => {
    x11.createClient({ display }, (error, opened) => (error ? reject(error) : resolve(opened)))
  })
/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`)

const [first, second] = [await connect(), await connect()]
const root = first.screen[0]?.root ?? 0

/** @param {import('x11').Display} opened */
function open({ client }) {
  const window = client.AllocID()
  client.CreateWindow(window, root, 100, 100, 200, 100, 0, 0, 0, 0, {})
  return window
}

const window = open(first)
first.client.MapWindow(window)
const asking = open(second)
const { client } = second
/** @param {string} name @returns {Promise<number>} */
const atom = (name) =>
  new Promise((resolve, reject) => {
    client.InternAtom(false, name, (error, found) => (error ? reject(error) : resolve(found)))
  })
const [clipboard, text, property] = await Promise.all(['CLIPBOARD', 'UTF8_STRING', 'PASTED'].map(atom))

client.on('event', (event) => {
  if (event.name !== 'SelectionNotify' || event.requestor !== asking) return
  if (event.property === 0) say(JSON.stringify({ got: null }))
  else {
    client.GetProperty(1, asking, event.property, 0, 0, 100_000, (_error, { data }) =>
      say(JSON.stringify({ got: data.toString('utf8') })),
    )
  }
})
createInterface({ input: process.stdin }).on('line', () => {
  client.ConvertSelection(asking, clipboard ?? 0, text ?? 0, property ?? 0)
})
first.client.GetInputFocus(() => say(String(window)))
