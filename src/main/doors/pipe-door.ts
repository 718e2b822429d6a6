import { rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { systemClock } from '../clock'
import type { Log } from '../log'
import { ByteBudget } from './byte-budget'
import type { Dispatch } from './handlers'
import { guardWithHello } from './hello-guard'
import { createJsonRpc } from './json-rpc'
import { PipeConnection } from './pipe-connection'
import { Rounds } from './rounds'

export interface PipeDoorOptions {
  /** The socket's path, or on Windows the pipe's name. */
  readonly path: string
  /** What a client proves with that it has read `endpoint.json`. */
  readonly token: string
  /** Refuse everything but `hello` with the token until it came: needed where any user may open the pipe. */
  readonly requireHello: boolean
  readonly dispatch: Dispatch
  /** The sender of messages that name none. */
  readonly defaultSender: string
  /** How many clients may be connected at once; asked with each that comes. */
  mostConnections(): number
  readonly log: Log
}

/** What unfinished lines of all clients together may take, and what they have not read. */
const MOST_HALF_LINES = 64 * 1024 * 1024
const MOST_UNREAD = 256 * 1024 * 1024
/** Clients that come at the same instant wait here; the system may allow fewer. */
const BACKLOG = 4096

/** A client that does not read its last answers is cut off after this. */
const LONGEST_GOODBYE_MS = 500

export interface PipeDoor {
  /** Stops listening, ends every connection once its answers are written; the socket's file is gone afterwards. */
  close(): Promise<void>
}

/**
 * Listens for JSON-RPC 2.0, one object a line. A socket that a dead process left behind is replaced; rejects when a
 * living one answers on the path.
 */
export async function listenOnPipe(options: PipeDoorOptions): Promise<PipeDoor> {
  const connections = new Map<Socket, PipeConnection>()
  const { defaultSender, log } = options
  const shared = {
    rpc: createJsonRpc(guardWithHello(options.dispatch, options), log),
    rounds: new Rounds(systemClock.monotonic),
    halfLines: new ByteBudget(MOST_HALF_LINES),
    unread: new ByteBudget(MOST_UNREAD),
    monotonic: systemClock.monotonic,
    defaultSender,
    log,
  }
  // Half-open: a client may end its side right after its last request and still gets the answer.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const connection = new PipeConnection(socket, shared)
    connections.set(socket, connection)
    socket.once('close', () => connections.delete(socket))
    if (connections.size > options.mostConnections()) leastNeeded(connections, connection).refuse(TOO_MANY)
  })
  await listenOrReplace(server, options)
  server.on('error', (error) => log.error(`the pipe had an error: ${error.message}`))
  log.info(`listening on ${options.path}`)
  return {
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const connection of connections.values()) connection.close()
      const late = setTimeout(() => {
        for (const socket of connections.keys()) socket.destroy()
      }, LONGEST_GOODBYE_MS)
      await closed
      clearTimeout(late)
    },
  }
}

const TOO_MANY =
  'Too many programs are connected, and this connection was silent the longest. Close those that are not needed, or raise pipe.connections in the settings.'

/** The one that was silent the longest; where none is silent, the one that has just come. */
function leastNeeded(all: ReadonlyMap<Socket, PipeConnection>, latest: PipeConnection): PipeConnection {
  let [found, since] = [latest, Infinity]
  for (const connection of all.values()) {
    const silent = connection.silentSince
    if (silent === undefined || silent >= since) continue
    found = connection
    since = silent
  }
  return found
}

async function listenOrReplace(server: Server, { path, log }: PipeDoorOptions): Promise<void> {
  try {
    await listen(server, path)
  } catch (error) {
    if (!hasCode(error, 'EADDRINUSE') || process.platform === 'win32') throw error
    if (await isAlive(path)) throw new Error(`Another Waggle is listening on ${path}.`, { cause: error })
    log.warn(`replaced ${path}, which a process that ended without cleaning up had left`)
    rmSync(path, { force: true })
    await listen(server, path)
  }
}

/** Only the user may open the socket, from its first instant on. */
function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const mask = process.umask(0o177)
    try {
      server.once('error', reject)
      server.listen({ path, backlog: BACKLOG }, () => {
        server.off('error', reject)
        resolve()
      })
    } finally {
      process.umask(mask)
    }
  })
}

function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path)
    probe.once('connect', () => {
      probe.destroy()
      resolve(true)
    })
    probe.once('error', (error) => resolve(!hasCode(error, 'ECONNREFUSED') && !hasCode(error, 'ENOENT')))
  })
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
