import { z } from 'zod'
import { MAX_LINE_BYTES, PROTOCOL } from '../../src/contract/endpoint'
import { errorCodes, type ErrorName } from '../../src/contract/errors'
import { EVENT_METHOD, eventSchema } from '../../src/contract/events'
import { failureCodes } from '../../src/contract/failure'
import { messageStates } from '../../src/contract/message'
import { isOperation, operations, type OperationName } from '../../src/contract/operations'
import { examples } from './examples'
import { failureNotes } from './failure-notes'
import { fieldNotes, fieldsOf, fieldTable, typeText, type NameOf, type Schema } from './type-text'

const errorNotes: Record<ErrorName, string> = {
  parse: 'the line is not JSON, or not UTF-8',
  invalidRequest: 'not a JSON-RPC 2.0 request, or the token of `hello` is missing or wrong',
  unknownMethod: 'no such operation (`data.closest`)',
  invalidParams: 'the params are not valid (`data.issues`: list of `{path, message}`)',
  internal: 'a fault of Waggle’s own; its log says more',
  unknownAgent: 'no such agent (`data.known`, `data.closest`)',
  queueFull: 'too many messages wait (`data.retryAfterMs`)',
  notFound: 'no such message, or no such lease',
  wrongState: 'the message is in a state that does not allow this',
  timedOut: 'what was waited for did not happen in time',
  desktopUnavailable: 'the desktop cannot be used right now',
  refused: 'refused by a guard against floods and loops',
  tooLarge: 'the line is over the limit; the connection ends',
  shuttingDown: 'Waggle is being closed; nothing was changed',
  storage: 'the disk takes nothing (full, read-only, an error); try later (`data.retryAfterMs`)',
}

/** The whole of docs/protocol.md: the frame, its `{{PARTS}}` filled in from the contract. */
export function protocolPage(frame: string): string {
  const parts: Record<string, readonly string[]> = {
    OPERATIONS: Object.keys(operations).filter(isOperation).flatMap(operationSection),
    ERRORS: errorTable(),
    TYPES: types.flatMap(typeSection),
    EVENTS: eventTable(),
    STATES: [messageStates.map(code).join(', ')],
    FAILURES: table(failureCodes.map((name) => [code(name), failureNotes[name]])),
    PROTOCOL: [String(PROTOCOL)],
    MAX_LINE_BYTES: [MAX_LINE_BYTES.toLocaleString('en-US')],
    EVENT_METHOD: [EVENT_METHOD],
  }
  return frame.replaceAll(/\{\{(\w+)\}\}/g, (_, part: string) => {
    const lines = parts[part]
    if (!lines) throw new Error(`scripts/protocol/frame.md asks for {{${part}}}, which nothing fills in`)
    return lines.join('\n')
  })
}

function code(word: string): string {
  return `\`${word}\``
}

function paramsOf(name: OperationName): Schema {
  return z.toJSONSchema(operations[name].params, { io: 'input' })
}

function resultOf(name: OperationName): Schema {
  return z.toJSONSchema(operations[name].result)
}

/** The objects that appear in several places: told once, linked from there. */
const types = [
  { name: 'Message', schema: resultOf('message.wait') },
  { name: 'MessageDetail', schema: resultOf('message.get') },
  { name: 'Attempt', schema: within('message.get', 'attempts') },
  { name: 'Failure', schema: within('message.wait', 'failure') },
  { name: 'Timings', schema: within('message.wait', 'timings') },
  { name: 'Agent', schema: within('agent.list', 'agents') },
  { name: 'SavedAgent', schema: within('agent.export', 'agents') },
  { name: 'QueueStatus', schema: resultOf('queue.status') },
  { name: 'Settings', schema: within('settings.get', 'settings') },
].map((type) => ({ ...type, key: keyOf(type.schema) }))

/** The schema of a result's field, or of the items where that is a list. */
function within(name: OperationName, wanted: string): Schema {
  const [, field] = fieldsOf(resultOf(name)).find(([field]) => field === wanted) ?? []
  const [item] = [field?.items].flat()
  const found = item ?? field
  if (typeof found === 'object') return found
  throw new Error(`the result of ${name} has no field ${wanted}`)
}

/** Equal for the same shape, whatever is said of it where it is used. */
function keyOf(schema: Schema): string {
  return JSON.stringify({ ...schema, $schema: undefined, description: undefined })
}

const nameOf: NameOf = (schema) => types.find((type) => type.key === keyOf(schema))?.name

function typeSection({ name, schema }: (typeof types)[number]): string[] {
  return ['', `### ${name}`, '', ...fieldTable(schema, nameOf)]
}

function operationSection(name: OperationName): string[] {
  const { params, errors = [] } = examples[name]
  operations[name].params.parse(params)
  const schema = paramsOf(name)
  const all: ErrorName[] = [...errors, ...(fieldsOf(schema).length > 0 ? (['invalidParams'] as const) : [])]
  const told = all.map((error) => `${errorCodes[error]} ${errorNotes[error].replace(/ \(.*/, '')}`)
  return [
    '',
    `### ${name}`,
    '',
    operations[name].summary,
    '',
    'Params:',
    '',
    ...fieldTable(schema, nameOf),
    '',
    `Result: ${typeText(resultOf(name), nameOf)}`,
    '',
    ...fieldNotes(resultOf(name), nameOf),
    `Errors: ${told.join('; ') || 'none of its own'}`,
    '',
    '```json',
    JSON.stringify({ jsonrpc: '2.0', id: 1, method: name, params }),
    '```',
  ]
}

function errorTable(): string[] {
  return table(Object.entries(errorNotes).map(([name, note]) => [errorCodes[asErrorName(name)], note]))
}

function table(rows: readonly (readonly [code: string | number, when: string])[]): string[] {
  return ['| code | when |', '|---|---|', ...rows.map((row) => `| ${row.join(' | ')} |`)]
}

function asErrorName(name: string): ErrorName {
  if (Object.hasOwn(errorCodes, name)) return name as ErrorName
  throw new Error(`there is no error ${name}`)
}

function eventTable(): string[] {
  const { oneOf, anyOf } = z.toJSONSchema(eventSchema)
  const rows = [...(oneOf ?? anyOf ?? [])].map((event) => {
    const fields = typeof event === 'object' ? fieldsOf(event) : []
    const cells = fields.map(([field, part]) =>
      field === 'type' ? typeText(part, nameOf) : `${code(field)}: ${typeText(part, nameOf)}`,
    )
    return `| ${cells.join(' | ')} |`
  })
  return ['| type | with |', '|---|---|', ...rows]
}
