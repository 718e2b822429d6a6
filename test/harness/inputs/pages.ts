import { existsSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build, preview } from 'vite'
import { newest } from '../../../scripts/build.mjs'
import type { Said } from '../../inputs/page/types'

const configFile = 'test/inputs/vite.config.ts'
const built = '.cache/inputs/index.html'
/** How long a page may take to answer a command. */
const ANSWER_MS = 30_000

/** The inputs' pages on 127.0.0.1, and the conversation with those that a browser shows. */
export interface Pages {
  readonly url: string
  /** Resolves once the page of that name hears commands. */
  present(name: string): Promise<void>
  ask(name: string, command: string, params: object): Promise<unknown>
  stop(): Promise<void>
}

/** Serves the pages, bundled anew when they are older than their sources; `said` hears what pages in browsers tell. */
export async function servePages(said: (agent: string, said: Said) => void): Promise<Pages> {
  await buildIfStale()
  const talk = conversations(said)
  const server = await preview({
    configFile,
    preview: { port: 0, host: '127.0.0.1' },
    plugins: [
      {
        name: 'conversations',
        configurePreviewServer: ({ middlewares }) => void middlewares.use(talk.handle),
      },
    ],
  })
  const { port } = server.httpServer.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    present: talk.present,
    ask: talk.ask,
    stop: async () => {
      talk.end()
      await server.close()
    },
  }
}

async function buildIfStale(): Promise<void> {
  const sources = [configFile, 'test/inputs/page', 'package-lock.json'].map((path) => newest(path))
  if (existsSync(built) && statSync(built).mtimeMs > Math.max(...sources)) return
  await build({ configFile })
}

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
}

function conversations(said: (agent: string, said: Said) => void): Omit<Pages, 'url' | 'stop'> & {
  handle(request: IncomingMessage, response: ServerResponse, next: () => void): void
  end(): void
} {
  const pages = new Map<string, ServerResponse>()
  const arrivals = new Map<string, () => void>()
  const waiting = new Map<number, Waiting>()
  let asked = 0
  const hear = (name: string, response: ServerResponse): void => {
    response
      .writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      .flushHeaders()
    pages.set(name, response)
    response.once('close', () => pages.get(name) === response && pages.delete(name))
    arrivals.get(name)?.()
  }
  const take = async (path: string, name: string, request: IncomingMessage): Promise<void> => {
    const body = JSON.parse(await bodyOf(request)) as unknown
    if (path === 'said') return said(name, body as Said)
    const { id, result, error } = body as { id: number; result?: unknown; error?: string }
    if (error === undefined) waiting.get(id)?.resolve(result)
    else waiting.get(id)?.reject(new Error(error))
    waiting.delete(id)
  }
  return {
    handle: (request, response, next) => {
      const [path = '', name = ''] = (request.url ?? '').slice(1).split('/').map(decodeURIComponent)
      if (path === 'commands') return hear(name, response)
      if (path !== 'said' && path !== 'answers') return next()
      void take(path, name, request).finally(() => response.end())
    },
    present: async (name) =>
      new Promise((resolve) => {
        if (pages.has(name)) resolve()
        else arrivals.set(name, resolve)
      }),
    ask: async (name, command, params) =>
      new Promise((resolve, reject) => {
        const id = (asked += 1)
        const late = setTimeout(() => reject(new Error(`${name} does not answer ${command}`)), ANSWER_MS)
        waiting.set(id, {
          resolve: (value) => resolve((clearTimeout(late), value)),
          reject: (error) => reject((clearTimeout(late), error)),
        })
        pages.get(name)?.write(`data: ${JSON.stringify({ id, command, params })}\n\n`)
      }),
    end: () => {
      for (const page of pages.values()) page.end()
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
