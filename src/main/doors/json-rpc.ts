import {
  createJSONRPCErrorResponse,
  isJSONRPCID,
  JSONRPCServer,
  type JSONRPCID,
  type JSONRPCRequest,
  type JSONRPCResponse,
} from 'json-rpc-2.0'
import { errorCodes, OperationError, type ErrorName } from '../../contract/failure'
import type { Log } from '../log'
import type { Caller, Dispatch } from './handlers'

/** The most requests in one batch. */
export const MAX_BATCH = 1000

export type Answer = JSONRPCResponse | JSONRPCResponse[]

/** Answers one line of JSON-RPC 2.0; undefined when there is nothing to answer (a notification). Never rejects. */
export type AnswerLine = (line: string | undefined, caller: Caller) => Promise<Answer | undefined>

/** JSON-RPC 2.0 over `dispatch`: parse errors, bad requests, batches, notifications, and errors with code and data. */
export function createJsonRpc(dispatch: Dispatch, log: Log): AnswerLine {
  // What fails is answered and logged by `errorAnswer`; the library's own listener would print to the console.
  const server = new JSONRPCServer<Caller>({ errorListener: () => {} })
  server.mapErrorToJSONRPCErrorResponse = (id, error) => errorAnswer(id, error, log)
  // Every method goes to `dispatch`, which knows them all, so none is registered with the library.
  server.applyMiddleware(async (_next, request, caller) => {
    const result: unknown = await dispatch(request.method, request.params, caller).catch((error: unknown) => {
      // Nobody hears the answer, and that a client has gone is no fault of ours.
      throw caller.signal.aborted ? new OperationError('shuttingDown', 'The connection has ended.') : error
    })
    return request.id === undefined ? null : { jsonrpc: '2.0', id: request.id, result: result ?? null }
  })

  return async (line, caller) => {
    if (line === undefined)
      return refusal('parse', 'The line is not UTF-8. Send one JSON object a line, in UTF-8.')
    const parsed = parse(line)
    if ('error' in parsed) return parsed.error
    const requests = wellFormed(parsed.value)
    if (Array.isArray(requests) && requests.length > MAX_BATCH) {
      return refusal(
        'invalidRequest',
        `A batch takes at most ${MAX_BATCH} requests; this one has ${requests.length}.`,
      )
    }
    const answer = await server.receive(requests, caller)
    if (answer === null) return undefined
    if (Array.isArray(answer)) return answer.map(explain)
    // The library unwraps a batch of one; the specification does not.
    return Array.isArray(requests) && requests.length > 0 ? [explain(answer)] : explain(answer)
  }
}

/** An error without a request to belong to. */
export function refusal(name: ErrorName, message: string): JSONRPCResponse {
  return createJSONRPCErrorResponse(null, errorCodes[name], message)
}

/** The library's "Invalid Request", as a sentence that helps. */
function explain(answer: JSONRPCResponse): JSONRPCResponse {
  if (answer.error?.code !== errorCodes.invalidRequest || answer.error.message !== 'Invalid Request')
    return answer
  const message =
    'This is no JSON-RPC 2.0 request. Send {"jsonrpc":"2.0","id":1,"method":"queue.status","params":{}}, or a list of such.'
  return { ...answer, error: { ...answer.error, message } }
}

function parse(line: string): { value: unknown } | { error: JSONRPCResponse } {
  try {
    return { value: JSON.parse(line) }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { error: refusal('parse', `The line is not JSON (${why}). Send one JSON object a line.`) }
  }
}

/** Whatever was sent, in a shape that the library can take; what is no request becomes one that it refuses. */
function wellFormed(value: unknown): JSONRPCRequest | JSONRPCRequest[] {
  return Array.isArray(value) ? value.map(asRequest) : asRequest(value)
}

// The library answers "Invalid Request" to this, but fails on null and on a method that is no string.
const NO_REQUEST = { jsonrpc: '2.0' } as const

function asRequest(value: unknown): JSONRPCRequest {
  const { jsonrpc, id, method, params } = fieldsOf(value)
  const knownId: JSONRPCID | undefined = isJSONRPCID(id) ? id : undefined
  const fits = jsonrpc === '2.0' && typeof method === 'string' && (id === undefined || knownId !== undefined)
  const request = { ...NO_REQUEST, ...(knownId !== undefined && { id: knownId }), params }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- without a method on purpose: see NO_REQUEST
  return (fits ? { ...request, method } : request) as JSONRPCRequest
}

function fieldsOf(value: unknown): { jsonrpc?: unknown; id?: unknown; method?: unknown; params?: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}

function errorAnswer(id: JSONRPCID, error: unknown, log: Log) {
  if (error instanceof OperationError)
    return createJSONRPCErrorResponse(id, error.code, error.message, error.data)
  log.error(`an operation failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  return createJSONRPCErrorResponse(
    id,
    errorCodes.internal,
    'Waggle could not do this because of a fault of its own. Its log (logs/ in its home folder) says more.',
  )
}
