// A program that asks its terminal for every move of the mouse and writes all that it reads to a log, beside a prompt that it
// draws anew again and again:  node tracks-mouse.mjs LOG
import { appendFileSync } from 'node:fs'

const [log = ''] = process.argv.slice(2)
process.stdin.setRawMode(true)
process.stdin.on('data', (data) => appendFileSync(log, data))
process.stdout.write('\u001b[?1003h\u001b[?1006h\u001b[?2004h\u001b[?25l')
let tick = 0
setInterval(() => {
  const rule = '─'.repeat(process.stdout.columns)
  const rows = [`tick ${(tick += 1)}`, 'häßlich 日本語', rule, '❯ ', rule, '  ? for shortcuts']
  process.stdout.write(`\u001b[H\u001b[2J${rows.join('\r\n')}`)
}, 20)
appendFileSync(log, '')
