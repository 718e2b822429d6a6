import { expect, test } from 'vitest'
import { createClipboardSender } from '../../src/main/shell/clipboard-sender'

function senderWith(clipboard: string, send = (_to: string, _text: string) => Promise.resolve<unknown>({})) {
  const sent: string[][] = []
  const said: string[] = []
  const sendClipboard = createClipboardSender({
    readText: () => clipboard,
    send: (to, text) => {
      sent.push([to, text])
      return send(to, text)
    },
    say: (_, sentence) => said.push(sentence),
  })
  return { sendClipboard, sent, said }
}

test('the text is sent as it is on the clipboard, with nothing said', async () => {
  const { sendClipboard, sent, said } = senderWith('Two lines\nof 🐝 text ')
  await sendClipboard('Agent-1')
  expect(sent).toEqual([['Agent-1', 'Two lines\nof 🐝 text ']])
  expect(said).toEqual([])
})

test('line ends of Windows become plain ones, which messages carry', async () => {
  const { sendClipboard, sent } = senderWith('a\r\nb\rc')
  await sendClipboard('*')
  expect(sent).toEqual([['*', 'a\nb\nc']])
})

test.each(['', ' \r\n'])('a clipboard without text (%j) sends nothing and says so', async (clipboard) => {
  const { sendClipboard, sent, said } = senderWith(clipboard)
  await sendClipboard('*')
  expect(sent).toEqual([])
  expect(said).toEqual(['The clipboard holds no text for everyone. Copy some text, then choose it again.'])
})

test('a refusal is said in its own words', async () => {
  const { sendClipboard, said } = senderWith('x', () =>
    Promise.reject(new Error('10,000 messages wait already.')),
  )
  await sendClipboard('Agent-1')
  expect(said).toEqual([
    'The clipboard’s text could not be queued for Agent-1: 10,000 messages wait already.',
  ])
})
