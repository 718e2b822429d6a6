import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import type { WineHome } from '../../scripts/wine.mjs'
import { tied, stopProcess } from '../../scripts/lib/services.mjs'
import type { Desktop } from '../../src/main/desktop/desktop'
import { ClipboardUnread } from '../../src/main/desktop/clipboard-unread'
import { WatchedOffer, type OfferState } from '../../src/main/desktop/watched-offer'
import { onLine, sayLine, type Line } from './programs/line-talk'

/** A program on Windows' side that a test asks things of. */
export interface WineProgram {
  // The caller knows what each answers.
  ask<T = void>(method: string, ...args: readonly unknown[]): Promise<T>
  onEvent(listener: (event: string, value: unknown) => void): void
  stop(): Promise<void>
}

/** Starts one of the programs in .cache/wine/programs and waits until it can be asked; `by` is what it is started by. */
export async function startWineProgram(
  name: string,
  env: Readonly<Record<string, string>> = {},
  by: 'wine' | 'wineconsole' = 'wine',
): Promise<WineProgram> {
  const { node, programs, env: wine } = JSON.parse(process.env['WAGGLE_TEST_WINE'] ?? '') as WineHome
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const file = `Z:${join(programs, `${name}.mjs`)}`
  const output = openSync(join(programs, '..', `${name}.log`), 'w')
  const child = spawn(...tied(by, [node, file]), {
    env: { ...process.env, ...wine, ...env, WAGGLE_TEST_PORT: String(port) },
    // A Windows Node cannot write into a pipe of Linux'.
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${name} ended with ${String(code)} before it could be asked`)
  })
  const [socket] = (await Promise.race([once(server, 'connection'), ended])) as [Socket]
  ended.catch(() => undefined)
  server.close()
  socket.setNoDelay(true)
  return talk(socket, async () => {
    socket.destroy()
    await stopProcess(child)
  })
}

function talk(socket: Socket, stop: () => Promise<void>): WineProgram {
  const waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>()
  const listeners: ((event: string, value: unknown) => void)[] = []
  let last = 0
  onLine(socket, (line: Line) => {
    if ('event' in line) for (const listener of listeners) listener(line.event, line.value)
    if (!('id' in line)) return
    const one = waiting.get(line.id)
    waiting.delete(line.id)
    if ('error' in line)
      one?.reject(line.name === 'ClipboardUnread' ? new ClipboardUnread(line.error) : new Error(line.error))
    // What is undefined is left out on the way.
    else one?.resolve(('result' in line ? line.result : undefined) as never)
  })
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the Windows program has ended'))
  })
  socket.on('error', () => undefined)
  return {
    ask: (method, ...args) =>
      new Promise((resolve, reject) => {
        const id = ++last
        waiting.set(id, { resolve, reject })
        sayLine(socket, { id, method, args })
      }),
    onEvent: (listener) => void listeners.push(listener),
    stop,
  }
}

/** What is undefined is lost on the way. */
const withoutMarks = (state: Partial<OfferState> = {}): Partial<OfferState> => ({
  ...state,
  marked: undefined,
})

/** The Desktop of Windows, over there. */
export function desktopOf(host: WineProgram): Desktop {
  const offers = new Map<number, WatchedOffer>()
  const early = new Map<number, OfferState>()
  host.onEvent((_, value) => {
    const { id, state } = value as { id: number; state: OfferState }
    const offer = offers.get(id)
    if (offer) offer.update(withoutMarks(state))
    else early.set(id, state)
  })
  const asked =
    (method: string) =>
    (...args: readonly unknown[]) =>
      host.ask<never>(method, ...args)
  const methods =
    'trouble screens windows overlays activeWindow windowAt raise arrangement arrange pointer movePointer inputLook ' +
    'personIdleMs click press halt unsafeKeys readText readHtml picture'
  const plain = Object.fromEntries(
    methods.split(' ').map((method) => [method, asked(method)]),
  ) as unknown as Desktop
  return {
    ...plain,
    async offerText(...args) {
      const offer = new WatchedOffer()
      const id = await host.ask<number>('offerText', ...args)
      offers.set(id, offer)
      const state = early.get(id)
      offer.update(withoutMarks(state))
      return offer
    },
    async keepClipboard() {
      const id = await host.ask<number>('keepClipboard')
      return async () => host.ask('restoreClipboard', id)
    },
    close: () => undefined,
  }
}
