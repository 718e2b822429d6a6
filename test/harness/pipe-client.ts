import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { Endpoint } from '../../src/contract/endpoint'
import type { WaggleEvent } from '../../src/contract/events'
import type { OperationName, Params, Result } from '../../src/contract/operations'

interface Answer {
  readonly id?: number
  readonly result?: unknown
  readonly error?: { code: number; message: string; data?: unknown }
  readonly method?: string
  readonly params?: unknown
}

/** A typed client of the pipe for tests. `call` rejects with the operation's own words and its code. */
export interface PipeClient {
  call<N extends OperationName>(method: N, params: Params<N>): Promise<Result<N>>
  onEvent(listener: (event: WaggleEvent) => void): void
  close(): void
}

export async function openPipeClient({ path }: Pick<Endpoint, 'path'>): Promise<PipeClient> {
  const socket = await connected(path)
  const waiting = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>()
  const listeners: ((event: WaggleEvent) => void)[] = []
  let lastId = 0
  const lines = createInterface({ input: socket })
  lines.on('line', (line) => {
    const { id, result, error, params } = JSON.parse(line) as Answer
    if (id === undefined) for (const listener of listeners) listener(params as WaggleEvent)
    const one = waiting.get(id ?? 0)
    waiting.delete(id ?? 0)
    if (error) one?.reject(Object.assign(new Error(error.message), { code: error.code, data: error.data }))
    else one?.resolve(result as never)
  })
  // An app that is killed resets it; whoever waits hears of the close.
  for (const side of [socket, lines]) side.on('error', () => undefined)
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the pipe was closed'))
  })
  return {
    call: (method, params) =>
      new Promise((resolve, reject) => {
        if (socket.destroyed) return reject(new Error('the pipe was closed'))
        const id = ++lastId
        waiting.set(id, { resolve, reject })
        socket.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`)
      }),
    onEvent: (listener) => void listeners.push(listener),
    close: () => void socket.destroy(),
  }
}

async function connected(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path)
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
  })
}
