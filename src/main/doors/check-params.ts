import type { z } from 'zod'
import { OperationError } from '../../contract/failure'
import { operations, type OperationName, type ParsedParams } from '../../contract/operations'
import { closest } from './closest'
import { shorten } from './shorten'

/** What is wrong with one field, in words. */
export interface Issue {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** The params checked by the contract, defaults filled in. Throws `OperationError` invalidParams (`data.issues`). */
export function checkParams<N extends OperationName>(method: N, params: unknown): ParsedParams<N> {
  const schema = operations[method].params
  const checked = schema.safeParse(params ?? {})
  // The list ties each name to its schema; the compiler cannot follow that through a generic name.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  if (checked.success) return checked.data as ParsedParams<N>
  throw badParams(method, describeIssues(checked.error.issues, params ?? {}, Object.keys(schema.shape)))
}

/** The error for params that were refused, its sentence made from the first issue. */
export function badParams(method: OperationName, issues: readonly Issue[]): OperationError {
  const [first] = issues
  const sentence = first ? inWords(first) : 'the params are not valid'
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more, see data.issues)` : ''
  const end = more === '' && sentence.endsWith('?') ? '' : '.'
  return new OperationError('invalidParams', `${method}: ${sentence}${more}${end}`, { issues })
}

const EXAMPLE_ID = '0198c1de-5b2f-7d3a-9a53-3f1f0d9c2b11'

/** Nobody mends more than that at once, and a request of a megabyte can have a hundred thousand. */
const MOST_ISSUES = 20

/** The zod issues in our words, those inside a union brought up to the top. */
export function describeIssues(
  issues: readonly z.core.$ZodIssue[],
  input: unknown,
  fields: readonly string[] = [],
): Issue[] {
  const found = issues.slice(0, MOST_ISSUES).flatMap((issue) => flatten(issue))
  return found.flatMap((issue) => describe(issue, input, fields)).slice(0, MOST_ISSUES)
}

function describe(issue: z.core.$ZodIssue, input: unknown, fields: readonly string[]): Issue[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : shorten(String(part))))
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.slice(0, MOST_ISSUES)
    return keys.map((key) => ({ path: [...path, shorten(key)], message: unknownField(key, fields) }))
  }
  if (path.length > 0 && valueAt(input, issue.path) === undefined) return [{ path, message: 'is missing' }]
  return [
    {
      path,
      message: ownWords(issue) ?? issue.message.replace(/^(?:Invalid input|Too small|Too big): /, ''),
    },
  ]
}

/** What is no id, or a number beyond its limits, as a person would say it. */
function ownWords(issue: z.core.$ZodIssue): string | undefined {
  if (issue.code === 'invalid_format' && issue.format === 'uuid') return `is not an id, such as ${EXAMPLE_ID}`
  const isNumber = 'origin' in issue && (issue.origin === 'number' || issue.origin === 'int')
  if (isNumber && issue.code === 'too_small') return `is too small: ${issue.minimum} is the least`
  if (isNumber && issue.code === 'too_big') return `is too large: ${issue.maximum} is the most`
  return undefined
}

function unknownField(key: string, fields: readonly string[]): string {
  const meant = closest(key, fields)
  if (meant !== undefined) return `is not known here; did you mean "${meant}"?`
  return fields.length > 0
    ? `is not known here; known are ${fields.join(', ')}`
    : 'is not known here; there are no params'
}

/** Of a union, the branch that came nearest: one whose type fits and whose content does not. */
function flatten(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const near = issue.errors.find(([first]) => {
    if (!first) return false
    return first.path.length > 0 || (first.code !== 'invalid_type' && first.code !== 'invalid_value')
  })
  if (!near) return [issue]
  return near.flatMap((inner) => flatten({ ...inner, path: [...issue.path, ...inner.path] }))
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Reflect.get(value, part)
  }
  return value
}

function inWords({ path, message }: Issue): string {
  if (path.length === 0) return message
  const name = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('')
  return `"${name.replace(/^\./, '')}"${message.startsWith('is ') ? '' : ':'} ${message}`
}
