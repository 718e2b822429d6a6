import { EventEmitter } from 'node:events'
import type { IpcMainInvokeEvent, WebContents } from 'electron'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Answer } from '../../src/contract/bridge'
import { OperationError } from '../../src/contract/errors'
import type { WaggleEvent } from '../../src/contract/events'
import { UNSEEN_MS } from '../../src/main/doors/page-events'
import { listenOnWindow, tellWish, type WindowDoorDeps } from '../../src/main/doors/window-door'

type Caller = Parameters<WindowDoorDeps['dispatch']>[2]
type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<Answer>

const PAGE = 'waggle://app/index.html'
const change: WaggleEvent = { type: 'agent', agents: [] }
const status = { paused: false, depth: 0, perAgent: {} }
const queued = {
  to: 'Agent-1',
  from: 'script',
  text: '',
  priority: 'normal',
  submit: true,
  state: 'queued',
  attempts: 0,
  createdAt: '2026-01-01T00:00:00.000Z',
  proof: null,
} as const
const told = (id: string): WaggleEvent => ({ type: 'message', message: { ...queued, id } })

/** The part of Electron's WebContents that the door uses. */
class Page extends EventEmitter {
  readonly mainFrame = { url: PAGE }
  readonly sent: unknown[] = []
  isSeen = true
  isDestroyed = () => false
  send(_channel: string, event: unknown): void {
    this.sent.push(event)
  }
}

let handlers: Map<string, Handler>
let callers: Caller[]
let answer: () => unknown
let unexpected: unknown[]
let close: () => void
let stood: string[]
let page: Page

beforeEach(() => {
  handlers = new Map()
  callers = []
  answer = () => ({})
  unexpected = []
  stood = []
  page = new Page()
  close = listenOnWindow({
    ipcMain: {
      handle: (channel, handler) => void handlers.set(channel, handler as Handler),
      removeHandler: (channel) => void handlers.delete(channel),
    },
    isOurPage: (contents, url) => contents === asContents(page) && url === PAGE,
    isSeen: () => page.isSeen,
    onSeen: (_, listener) => {
      page.on('seen', listener)
      return () => page.off('seen', listener)
    },
    stand: async (_, stance) => void stood.push(stance),
    onUnexpected: (error) => unexpected.push(error),
    dispatch: (_method, _params, caller) => {
      callers.push(caller)
      return Promise.resolve().then(answer)
    },
  })
})

afterEach(() => vi.useRealTimers())

const asContents = (page: Page) => page as unknown as WebContents

function call(method: unknown = 'queue.status', from: object = {}): Promise<Answer> {
  return invoke('waggle:call', from, method, {})
}

function invoke(channel: string, from: object, ...args: unknown[]): Promise<Answer> {
  const handler = handlers.get(channel)
  if (!handler) throw new Error('the door is closed')
  const event = { sender: page, senderFrame: page.mainFrame, ...from } as unknown as IpcMainInvokeEvent
  return handler(event, ...args)
}

test('a window stands as its own page asks, and nothing else moves it', async () => {
  await invoke('waggle:stand', {}, 'follow')
  await invoke('waggle:stand', {}, 'somewhere')
  await invoke('waggle:stand', { senderFrame: { url: PAGE } }, 'write')
  await invoke('waggle:stand', { senderFrame: null }, 'write')
  expect(stood).toEqual(['follow'])
})

test('a page is told what its window was opened for', () => {
  tellWish(asContents(page), { show: 'message', id: 'one' })
  expect(page.sent).toEqual([{ show: 'message', id: 'one' }])
})

test('our page gets the result, and its messages come from "you"', async () => {
  answer = () => ({ depth: 0 })
  expect(await call()).toEqual({ ok: true, result: { depth: 0 } })
  expect(callers[0]?.defaultSender).toBe('you')
})

test('a refusal crosses with its code, sentence and data', async () => {
  answer = () => {
    throw new OperationError('unknownAgent', 'There is no agent "Agnet-1".', { closest: 'Agent-1' })
  }
  const error = { code: 1001, message: 'There is no agent "Agnet-1".', data: { closest: 'Agent-1' } }
  expect(await call()).toEqual({ ok: false, error })
})

test('a fault of our own is reported, and the page learns no more than that there was one', async () => {
  answer = () => {
    throw new Error('SELECT secret FROM table')
  }
  const refusal = await call()
  expect(refusal).toMatchObject({ ok: false, error: { code: -32603 } })
  expect(JSON.stringify(refusal)).not.toContain('secret')
  expect(unexpected).toHaveLength(1)
})

test.each<[string, () => object]>([
  ['a frame inside our page', () => ({ senderFrame: { url: PAGE } })],
  ['a frame that is gone', () => ({ senderFrame: null })],
  [
    'another window',
    () => {
      const other = new Page()
      return { sender: other, senderFrame: other.mainFrame }
    },
  ],
  [
    'our window on a foreign address',
    () => {
      page.mainFrame.url = 'https://example.com/'
      return {}
    },
  ],
])('%s may call nothing', async (_, from) => {
  expect(await call('message.send', from())).toMatchObject({ ok: false, error: { code: -32600 } })
  expect(callers).toEqual([])
})

test('a call without a method is refused', async () => {
  expect(await call(42)).toMatchObject({ ok: false, error: { code: -32600 } })
  expect(callers).toEqual([])
})

test('events reach the page that asked for them', async () => {
  await call('events.subscribe')
  callers[0]?.notify(change)
  expect(page.sent).toEqual([[change]])
})

test('a page that nobody sees is told within a second, all at once, of a state only the latest', async () => {
  vi.useFakeTimers()
  page.isSeen = false
  await call('events.subscribe')
  const [one, two] = [told('one'), told('two')]
  const states = [0, 1].map((depth): WaggleEvent => ({ type: 'queue', status: { ...status, depth } }))
  for (const event of [one, ...states, two]) callers[0]?.notify(event)
  vi.advanceTimersByTime(UNSEEN_MS - 1)
  expect(page.sent).toEqual([])
  vi.advanceTimersByTime(1)
  expect(page.sent).toEqual([[one, states[1], two]])
  vi.advanceTimersByTime(UNSEEN_MS)
  expect(page.sent).toHaveLength(1)
})

test('a page that comes into sight is told at once', async () => {
  page.isSeen = false
  await call('events.subscribe')
  callers[0]?.notify(change)
  page.isSeen = true
  page.emit('seen')
  expect(page.sent).toEqual([[change]])
  callers[0]?.notify(change)
  expect(page.sent).toEqual([[change], [change]])
})

test.each(['did-navigate', 'render-process-gone', 'destroyed'])(
  'after %s nothing of the old page goes on, and a new one starts afresh',
  async (end) => {
    await call('events.subscribe')
    page.emit(end)
    expect(callers[0]?.signal.aborted).toBe(true)
    callers[0]?.notify(change)
    expect(page.sent).toEqual([])
    await call('events.subscribe')
    expect(callers[1]?.signal.aborted).toBe(false)
    expect(page.listenerCount('seen')).toBe(1)
  },
)

test('a page counts as one connection, however often it calls', async () => {
  await Promise.all([call(), call(), call()])
  expect(new Set(callers.map(({ signal }) => signal)).size).toBe(1)
  expect(page.listenerCount('destroyed')).toBe(1)
})

test('closing the door ends what its pages wait for', async () => {
  await call('events.subscribe')
  close()
  expect(callers[0]?.signal.aborted).toBe(true)
  expect(handlers.size).toBe(0)
})
