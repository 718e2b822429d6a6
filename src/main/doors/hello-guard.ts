import { createHash, timingSafeEqual } from 'node:crypto'
import { OperationError } from '../../contract/failure'
import type { Dispatch } from './handlers'
import { shorten } from './shorten'

export interface HelloGuardOptions {
  readonly token: string
  readonly requireHello: boolean
}

/**
 * Checks the token of `hello`, and with `requireHello` refuses every other operation on a connection until the right
 * one came. Throws `OperationError` invalidRequest.
 */
export function guardWithHello(dispatch: Dispatch, { token, requireHello }: HelloGuardOptions): Dispatch {
  const greeted = new WeakSet<AbortSignal>()
  return async (method, params, caller) => {
    if (method === 'hello') {
      const given = tokenIn(params)
      if (given !== undefined && !isSame(given, token))
        throw refusal('The token is not the one of this Waggle.')
      if (given !== undefined) greeted.add(caller.signal)
      if (given === undefined && requireHello) throw refusal('This pipe asks for the token.')
    } else if (requireHello && !greeted.has(caller.signal)) {
      throw refusal(
        `"${shorten(method)}" was refused: on this pipe a connection begins with hello and the token.`,
      )
    }
    return await dispatch(method, params, caller)
  }
}

function refusal(what: string): OperationError {
  return new OperationError(
    'invalidRequest',
    `${what} Send hello {"token": …} with the token of endpoint.json in Waggle's home.`,
  )
}

function tokenIn(params: unknown): string | undefined {
  if (typeof params !== 'object' || params === null || !('token' in params)) return undefined
  return typeof params.token === 'string' ? params.token : undefined
}

/** Equal or not, in a time that tells nothing about where they differ. */
function isSame(given: string, token: string): boolean {
  return timingSafeEqual(digest(given), digest(token))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
