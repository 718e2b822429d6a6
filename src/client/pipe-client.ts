import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { PROTOCOL, type Endpoint } from '../contract/endpoint'
import type { WaggleEvent } from '../contract/events'
import type { OperationName, Params, Result } from '../contract/operations'
import { NotRunning, Refusal } from './errors'

/** A connection to the running Waggle. */
export interface Client {
  /** Rejects with {@link Refusal}, or {@link NotRunning} when Waggle goes away. Calls made together run together. */
  call<N extends OperationName>(method: N, params: Params<N>): Promise<Result<N>>
  /** Hands on every event; call `events.subscribe` first. Rejects when Waggle goes away. */
  follow(listener: (event: WaggleEvent) => void): Promise<never>
  close(): void
}

const START = 'Start it from the applications menu, or in a checkout with "npm start".'

/** Connects to the Waggle of that home folder. Rejects with {@link NotRunning} when there is none. */
export async function connectToWaggle(home: string): Promise<Client> {
  const endpoint = readEndpoint(home)
  if (endpoint.protocol !== PROTOCOL) {
    const versions = `protocol ${PROTOCOL}, the running Waggle ${endpoint.version} protocol ${endpoint.protocol}`
    throw new NotRunning(`This command speaks ${versions}. Use the command that came with it.`)
  }
  const client = new PipeClient(await open(endpoint))
  // A Windows pipe can be opened by any user, so Waggle asks there who comes.
  if (process.platform === 'win32') await client.call('hello', { token: endpoint.token })
  return client
}

function readEndpoint(home: string): Endpoint {
  const path = join(home, 'endpoint.json')
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by Waggle, readable by this user only
    return JSON.parse(readFileSync(path, 'utf8')) as Endpoint
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    const why = missing ? `there is no ${path}` : `${path} cannot be read: ${sentence(error)}`
    throw new NotRunning(`Waggle is not running (${why}). ${START}`)
  }
}

function open({ path, pid }: Endpoint): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path)
    socket.once('connect', () => resolve(socket))
    socket.once('error', (error) => {
      const why = `process ${pid} left its endpoint.json, and nobody answers there: ${sentence(error)}`
      reject(new NotRunning(`Waggle is not running (${why}). ${START}`))
    })
  })
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

interface Answer {
  readonly id?: number | null
  readonly result?: unknown
  readonly error?: {
    readonly code: number
    readonly message: string
    readonly data?: Readonly<Record<string, unknown>>
  }
  readonly params?: unknown
}

interface Pending {
  resolve(result: unknown): void
  reject(error: Error): void
}

class PipeClient implements Client {
  readonly #socket: Socket
  readonly #pending = new Map<number, Pending>()
  #follower: { listener: (event: WaggleEvent) => void; reject: (error: Error) => void } | undefined
  #rest: string[] = []
  #nextId = 1
  #gone: NotRunning | undefined

  constructor(socket: Socket) {
    this.#socket = socket
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => this.#read(text))
    // An error is always followed by 'close', which tells everyone who waits.
    socket.on('error', () => {})
    socket.on('close', () => this.#fail(new NotRunning(`Waggle stopped before it answered. ${START}`)))
  }

  async call<N extends OperationName>(method: N, params: Params<N>): Promise<Result<N>> {
    if (this.#gone) throw this.#gone
    const id = this.#nextId++
    const answer = new Promise<unknown>((resolve, reject) => this.#pending.set(id, { resolve, reject }))
    this.#socket.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the contract of the operation
    return (await answer) as Result<N>
  }

  follow(listener: (event: WaggleEvent) => void): Promise<never> {
    return new Promise((_, reject) => {
      this.#follower = { listener, reject }
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #read(text: string): void {
    const [first = '', ...lines] = text.split('\n')
    this.#rest.push(first)
    for (const next of lines) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON-RPC, from Waggle itself
      this.#answered(JSON.parse(this.#rest.join('')) as Answer)
      this.#rest = [next]
    }
  }

  #answered({ id, result, error, params }: Answer): void {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the only notification there is
    if (id === undefined) return this.#follower?.listener(params as WaggleEvent)
    // Without an id it belongs to no request: Waggle could not read the line and ends the connection.
    if (id === null)
      return this.#fail(new Refusal(error?.code ?? 0, error?.message ?? 'Waggle did not understand.'))
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    if (error) pending?.reject(new Refusal(error.code, error.message, error.data))
    else pending?.resolve(result)
  }

  #fail(error: NotRunning): void {
    this.#gone ??= error
    for (const { reject } of this.#pending.values()) reject(this.#gone)
    this.#pending.clear()
    this.#follower?.reject(this.#gone)
  }
}
