import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
} from '@vitest/expect'
import { GLOBAL_EXPECT, setState, type ExpectStatic } from '@vitest/expect'

// What unit tests import from `vitest`, for a Node on which Vitest itself does not start (docs/decisions/windows.md): its
// runner and its matchers without its bundler and its workers.

export { afterAll, afterEach, beforeAll, beforeEach, describe, test } from '@vitest/runner'

const POLL = { timeout: 15_000, interval: 50 } as const

chai.use(JestExtend)
chai.use(JestChaiExpect)
chai.use(JestAsymmetricMatchers)

const bare = (value: unknown, message?: string) => chai.expect(value, message)
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the matchers are what chai has just been given
export const expect = Object.assign(bare, chai.expect, Reflect.get(globalThis, ASYMMETRIC_MATCHERS_OBJECT), {
  poll,
}) as unknown as ExpectStatic
Reflect.set(globalThis, GLOBAL_EXPECT, expect)
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect)

/** Any matcher, tried until it holds or the time is over. */
function poll(look: () => unknown, { timeout = POLL.timeout, interval = POLL.interval } = {}): unknown {
  const until =
    (matcher: string) =>
    async (...args: readonly unknown[]): Promise<void> => {
      for (const end = performance.now() + timeout; ;) {
        try {
          const found: object = bare(await look())
          const hold: unknown = Reflect.get(found, matcher)
          if (typeof hold !== 'function') throw new TypeError(`no matcher ${matcher}`)
          return void Reflect.apply(hold, found, args)
        } catch (error) {
          if (performance.now() > end) throw error
        }
        await new Promise((resolve) => setTimeout(resolve, interval))
      }
    }
  return new Proxy({}, { get: (_, matcher) => until(String(matcher)) })
}
