import { answerCommands, openChannel } from './channel'
import { Chat } from './chat'
import { runInChat } from './commands'
import { FramedChat } from './framed-chat'
import './input.css'
import { pageIn } from './query'
import type { Page } from './types'

// One agent's page. What the address asks for is shown at once; `reset` shows another chat in the same page.

const query = new URLSearchParams(location.search)
const name = query.get('name') ?? ''
document.title = query.get('title') ?? name
const channel = openChannel(name)
let chat: Chat | FramedChat | undefined

async function show(page: Page): Promise<void> {
  chat?.destroy()
  chat = undefined
  const next = page.iframe ? new FramedChat(name, page) : new Chat(name, page, channel)
  await next.mount(name)
  chat = next
}

let shown = show(pageIn(query))

async function run(command: string, params: never): Promise<unknown> {
  await shown
  if (command === 'reset') return (shown = show(params))
  if (!chat) throw new Error('the page is empty')
  return chat instanceof FramedChat ? chat.run(command, params) : runInChat(chat, command, params)
}

window.standIn = { run, channel }
if (query.has('served')) answerCommands(name, run)

/** Every key that goes down in the page is told, wherever the focus is. */
addEventListener(
  'keydown',
  ({ key, ctrlKey, altKey, shiftKey, isTrusted }) => {
    if (!isTrusted) return
    const held = [ctrlKey && 'Control', altKey && 'Alt', shiftKey && 'Shift'].filter((name) => name !== false)
    const value = [...new Set([...held, key])].join('+')
    channel.say({ event: 'keydown', value, at: performance.timeOrigin + performance.now() })
  },
  true,
)
