import { createInterface } from 'node:readline'

/**
 * @typedef {object} Errand
 * @property {string} to
 * @property {string} mark
 * @property {string} text
 * @property {[number, number]} at the centre of the agent's input, in physical pixels
 *
 * @typedef {object} Orders
 * @property {string} sender
 * @property {Errand[]} errands
 * @property {number} pauseMs
 * @property {string} [lock]
 */

/**
 * Takes the orders from the first line of stdin, says that it is ready, waits for the second line as for a starting
 * gun, sends message after message and tells of each how its sender believes it ended. Ends with its stdin.
 * @param {(orders: Orders) => Promise<(errand: Errand) => Promise<string>>} prepare
 */
export async function converse(prepare) {
  const input = createInterface({ input: process.stdin })
  const lines = input[Symbol.asyncIterator]()
  const first = await lines.next()
  const orders = /** @type {Orders} */ (JSON.parse(String(first.value)))
  const send = await prepare(orders)
  process.stdout.write('{"ready":true}\n')
  await lines.next()
  input.once('close', () => process.exit(1))
  for (const errand of orders.errands) {
    const began = performance.timeOrigin + performance.now()
    const said = await send(errand).catch((error) => String(error))
    process.stdout.write(`${JSON.stringify({ mark: errand.mark, began, said })}\n`)
  }
  process.exit(0)
}
