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

/** What a line holds: requests to serve one by one, or nothing that could be served. */
export type Reading =
  | { readonly requests: readonly JSONRPCRequest[]; readonly isBatch: boolean }
  | { readonly refused: JSONRPCResponse }

export interface JsonRpc {
  /** Takes a line apart; undefined stands for one that is not UTF-8. */
  read(line: string | undefined): Reading
  /** Serves one request; undefined when there is nothing to answer (a notification). Never rejects. */
  serve(request: JSONRPCRequest, caller: Caller): Promise<JSONRPCResponse | undefined>
}

/** JSON-RPC 2.0 over `dispatch`: parse errors, bad requests, batches, notifications, and errors with code and data. */
export function createJsonRpc(dispatch: Dispatch, log: Log): JsonRpc {
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

  return {
    read,
    async serve(request, caller) {
      const answer = await server.receive(request, caller)
      return answer === null ? undefined : explain(answer)
    },
  }
}

function read(line: string | undefined): Reading {
  if (line === undefined)
    return { refused: refusal('parse', 'The line is not UTF-8. Send one JSON object a line, in UTF-8.') }
  const parsed = parse(line)
  if ('error' in parsed) return { refused: parsed.error }
  if (!Array.isArray(parsed.value)) return { requests: [asRequest(parsed.value)], isBatch: false }
  if (parsed.value.length === 0) return { refused: refusal('invalidRequest', NO_REQUEST_SENTENCE) }
  if (parsed.value.length <= MAX_BATCH) return { requests: parsed.value.map(asRequest), isBatch: true }
  const sentence = `A batch takes at most ${MAX_BATCH} requests; this one has ${parsed.value.length}.`
  return { refused: refusal('invalidRequest', sentence) }
}

/** An error without a request to belong to. */
export function refusal(name: ErrorName, message: string): JSONRPCResponse {
  return createJSONRPCErrorResponse(null, errorCodes[name], message)
}

const NO_REQUEST_SENTENCE =
  'This is no JSON-RPC 2.0 request. Send {"jsonrpc":"2.0","id":1,"method":"queue.status","params":{}}, or a list of such.'

/** The library's "Invalid Request", as a sentence that helps. */
function explain(answer: JSONRPCResponse): JSONRPCResponse {
  if (answer.error?.code !== errorCodes.invalidRequest || answer.error.message !== 'Invalid Request')
    return answer
  return { ...answer, error: { ...answer.error, message: NO_REQUEST_SENTENCE } }
}

/** No operation takes anything as deep as this, and reading half a million levels takes its time. */
const MAX_DEPTH = 200

/** Looked at without reading it; a bracket in a text counts only until that ends. */
function isTooDeep(line: string): boolean {
  let [depth, inText] = [0, false]
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at)
    if (code === 0x22) inText = !inText
    else if (inText && code === 0x5c) at += 1
    else if (inText) continue
    else if (code === 0x5b || code === 0x7b) depth += 1
    else if (code === 0x5d || code === 0x7d) depth -= 1
    if (depth > MAX_DEPTH) return true
  }
  return false
}

function parse(line: string): { value: unknown } | { error: JSONRPCResponse } {
  if (isTooDeep(line)) {
    return {
      error: refusal('parse', `The line is nested more than ${MAX_DEPTH} levels deep; no operation is.`),
    }
  }
  try {
    return { value: JSON.parse(line) }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { error: refusal('parse', `The line is not JSON (${why}). Send one JSON object a line.`) }
  }
}

// The library answers "Invalid Request" to this, but fails on null and on a method that is no string.
const NO_REQUEST = { jsonrpc: '2.0' } as const

/** Whatever was sent, in a shape that the library can take; what is no request becomes one that it refuses. */
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
