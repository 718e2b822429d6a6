import { rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { Log } from '../log'
import type { Dispatch } from './handlers'
import { guardWithHello } from './hello-guard'
import { createJsonRpc } from './json-rpc'
import { PipeConnection } from './pipe-connection'

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
  readonly log: Log
}

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
  const answer = createJsonRpc(guardWithHello(options.dispatch, options), log)
  // Half-open: a client may end its side right after its last request and still gets the answer.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    connections.set(socket, new PipeConnection(socket, { answer, defaultSender, log }))
    socket.once('close', () => connections.delete(socket))
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
      server.listen(path, () => {
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
