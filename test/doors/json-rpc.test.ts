import { expect, test } from 'vitest'
import { createJsonRpc } from '../../src/main/doors/json-rpc'
import { silentLog } from '../fakes/silent-log'

/** What is logged as an error when a request fails after its client has gone, or while it is there. */
async function errorsOf(isGone: boolean): Promise<string[]> {
  const errors: string[] = []
  const client = new AbortController()
  const dispatch = async () => {
    if (isGone) client.abort(new Error('the client is gone'))
    throw new Error('it failed')
  }
  const { read, serve } = createJsonRpc(dispatch, { ...silentLog, error: (line) => void errors.push(line) })
  const caller = { defaultSender: 'script', signal: client.signal, notify: () => undefined }
  const reading = read('{"jsonrpc":"2.0","id":1,"method":"message.wait"}')
  for (const request of 'requests' in reading ? reading.requests : []) await serve(request, caller)
  return errors
}

test('a fault of ours is logged, and that a client has gone is none', async () => {
  expect(await errorsOf(false)).toEqual([expect.stringContaining('it failed')])
  expect(await errorsOf(true)).toEqual([])
})

test('a line is refused unread when it is deeper than any operation, and brackets in a text are none', () => {
  const { read } = createJsonRpc(async () => undefined, silentLog)
  const deep = read(`${'['.repeat(500_000)}${']'.repeat(500_000)}`)
  expect(deep).toMatchObject({
    refused: { error: { code: -32700, message: expect.stringContaining('deep') as unknown } },
  })
  const text = JSON.stringify(`"\\${'[{'.repeat(1000)}`)
  expect(read(`{"jsonrpc":"2.0","id":1,"method":"m","params":{"text":${text}}}`)).toMatchObject({
    isBatch: false,
  })
})
