import type { z } from 'zod'

export type Schema = z.core.JSONSchema.BaseSchema
/** The name of a type that has a table of its own. */
export type NameOf = (schema: Schema) => string | undefined

/** How a JSON schema is said in a table: "list of Message", "text (1 to 64 characters)". */
export function typeText(schema: Schema, nameOf: NameOf): string {
  const name = nameOf(schema)
  if (name !== undefined) return `[${name}](#${name.toLowerCase()})`
  if (schema.const !== undefined) return quoted(schema.const)
  if (schema.enum) return schema.enum.map(quoted).join(' or ')
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return choices.map((one) => typeText(asSchema(one), nameOf)).join(', or ')
  if (schema.type === 'array') return listText(schema, nameOf)
  if (schema.type === 'object') return objectText(schema, nameOf)
  if (schema.type === 'string') return stringText(schema)
  return `${[schema.type ?? 'anything'].flat().join(' or ')}${limits(schema.minimum, schema.maximum)}`
}

function quoted(value: unknown): string {
  return `\`${JSON.stringify(value)}\``
}

function stringText({ format, minLength, maxLength }: Schema): string {
  if (format === 'date-time') return 'time (ISO 8601)'
  if (format === 'uuid') return 'id (UUID)'
  return `text${limits(minLength, maxLength, 'characters')}`
}

function listText({ prefixItems, items, minItems, maxItems }: Schema, nameOf: NameOf): string {
  if (prefixItems) return `[${prefixItems.map((one) => typeText(asSchema(one), nameOf)).join(', ')}]`
  const [item] = [items].flat()
  return `list of ${typeText(asSchema(item), nameOf)}${limits(minItems, maxItems)}`
}

function objectText(schema: Schema, nameOf: NameOf): string {
  const fields = fieldsOf(schema)
  const rest = schema.additionalProperties
  if (fields.length === 0 && typeof rest === 'object') return `object: name → ${typeText(rest, nameOf)}`
  const parts = fields.map(
    ([field, part]) => `\`${field}${isGiven(schema, field) ? '' : '?'}\`: ${typeText(part, nameOf)}`,
  )
  return parts.length === 0 ? '`{}`' : `{ ${parts.join(', ')} }`
}

/** A table of an object's fields; a word when it has none. */
export function fieldTable(schema: Schema, nameOf: NameOf): string[] {
  const rows = fieldsOf(schema).map(([field, part]) => {
    const optional = part.default === undefined ? 'optional' : `default ${quoted(part.default)}`
    const given = isGiven(schema, field) && part.default === undefined ? 'always' : optional
    const note = nameOf(part) === undefined ? (part.description ?? '') : ''
    return `| ${[`\`${field}\``, typeText(part, nameOf), given, note].map(cell).join(' | ')} |`
  })
  return rows.length === 0 ? ['None.'] : ['| field | type | given | |', '|---|---|---|---|', ...rows]
}

/** What is said of an object's fields, and of those within them: a list, with an empty line after it; nothing where nothing is said. */
export function fieldNotes(schema: Schema, nameOf: NameOf): string[] {
  const notes = notesOf(schema, nameOf, '')
  return notes.length === 0 ? [] : [...notes, '']
}

function notesOf(schema: Schema, nameOf: NameOf, path: string): string[] {
  if (nameOf(schema) !== undefined) return []
  const [item] = [schema.items].flat()
  if (typeof item === 'object') return notesOf(item, nameOf, `${path}[].`)
  return fieldsOf(schema).flatMap(([field, part]) => {
    const note = nameOf(part) === undefined ? part.description : undefined
    const own = note === undefined ? [] : [`- \`${path}${field}\`: ${note}`]
    return [
      ...own,
      ...notesOf(part, nameOf, part.items === undefined ? `${path}${field}.` : `${path}${field}`),
    ]
  })
}

export function fieldsOf(schema: Schema): [string, Schema][] {
  return Object.entries(schema.properties ?? {}).map(([field, part]) => [field, asSchema(part)])
}

function isGiven(schema: Schema, field: string): boolean {
  return schema.required?.includes(field) ?? false
}

/** JSON schema writes "anything" as `true`; the contract has no such field. */
function asSchema(part: Schema | boolean | undefined): Schema {
  if (typeof part === 'object') return part
  throw new Error('a field of the contract has no type that could be told')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

/** zod bounds every integer by what a double can hold; that is nothing to tell. */
function limits(least: number | undefined, most: number | undefined, unit = ''): string {
  const low = least !== undefined && least > 0 ? least : undefined
  const high = most !== undefined && most < Number.MAX_SAFE_INTEGER ? most : undefined
  const word = unit === '' ? '' : ` ${unit}`
  if (high !== undefined)
    return low === undefined ? ` (at most ${high}${word})` : ` (${low} to ${high}${word})`
  return low === undefined ? '' : ` (at least ${low}${word})`
}
