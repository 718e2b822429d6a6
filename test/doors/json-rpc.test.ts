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
  const answer = createJsonRpc(dispatch, { ...silentLog, error: (line) => void errors.push(line) })
  const caller = { defaultSender: 'script', signal: client.signal, notify: () => undefined }
  await answer('{"jsonrpc":"2.0","id":1,"method":"message.wait"}', caller)
  return errors
}

test('a fault of ours is logged, and that a client has gone is none', async () => {
  expect(await errorsOf(false)).toEqual([expect.stringContaining('it failed')])
  expect(await errorsOf(true)).toEqual([])
})
