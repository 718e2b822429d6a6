import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Link } from '../../src/cli/mcp/link'
import { PROTOCOL } from '../../src/contract/endpoint'

// The MCP server's connections to Waggle, against a pipe that hears everything and says nothing.

let home: string
let server: Server
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'waggle-link-'))
  const path = join(home, 'pipe')
  writeFileSync(join(home, 'endpoint.json'), JSON.stringify({ path, pid: 1, protocol: PROTOCOL, token: '' }))
  server = createServer().listen(path)
  await once(server, 'listening')
})
afterEach(() => {
  server.close()
  rmSync(home, { recursive: true, force: true })
})

test('a wait that is called off while its connection is made is never begun: it would take what nobody gets', async () => {
  const heard = once(server, 'connection').then(async ([socket]) => text(socket as Socket))
  const off = new AbortController()
  const taking = new Link(home).callAlone('message.take', { agent: 'A', waitMs: 60_000 }, off.signal)
  off.abort(new Error('called off'))
  await expect(taking).rejects.toThrow('called off')
  expect(await heard).toBe('')
})
