// A sender as anyone would write one: no library, one line of JSON for each question over Waggle's pipe.
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { converse } from './conversation.mjs'

/**
 * @typedef {object} Answer what this sender reads of the answers
 * @property {{id: string}[]} messages
 * @property {string} state
 * @property {{message: string}} [failure]
 *
 * @typedef {{result: Answer, error?: {message: string}}} Reply
 */

await converse(async ({ sender }) => {
  const endpoint = readFileSync(join(String(process.env.WAGGLE_HOME), 'endpoint.json'), 'utf8')
  const { path, token } = /** @type {{path: string, token: string}} */ (JSON.parse(endpoint))
  const socket = connect(path)
  const answers = createInterface({ input: socket })[Symbol.asyncIterator]()
  let id = 0
  const ask = async (/** @type {string} */ method, /** @type {object} */ params) => {
    socket.write(`${JSON.stringify({ jsonrpc: '2.0', id: (id += 1), method, params })}\n`)
    const line = String((await answers.next()).value)
    const { result, error } = /** @type {Reply} */ (JSON.parse(line))
    if (error) throw new Error(error.message)
    return result
  }
  await ask('hello', { token })
  return async ({ to, text }) => {
    const { messages } = await ask('message.send', { to, text, from: sender })
    const { state, failure } = await ask('message.wait', { id: messages[0]?.id })
    return failure ? `${state}: ${failure.message}` : state
  }
})
