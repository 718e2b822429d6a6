import type { ClientConfig, Start } from './clients'

/** The name under which the server stands in a client's configuration. */
const NAME = 'waggle'

type Form = Pick<ClientConfig, 'form' | 'key' | 'saysStdio'>

/** The piece of configuration by itself. */
export function piece(config: Form, start: Start): string {
  return withServer('', config, start)
}

/** The file's text with our server in it, everything else as it is. Throws a sentence where it cannot be read. */
export function withServer(text: string, config: Form, start: Start): string {
  if (config.form === 'toml') {
    const rest = withoutServer(text, config).trimEnd()
    return `${rest === '' ? '' : `${rest}\n\n`}${tomlSection(config.key, start)}`
  }
  const all = parse(text)
  const servers = recordIn(all, config.key)
  const server = { ...(config.saysStdio && { type: 'stdio' }), ...start }
  return write({ ...all, [config.key]: { ...servers, [NAME]: server } }, text)
}

/** The file's text without our server, everything else as it is. */
export function withoutServer(text: string, config: Form): string {
  if (config.form === 'toml') return withoutSection(text, config.key)
  const all = parse(text)
  const { [NAME]: gone, ...servers } = recordIn(all, config.key)
  if (gone === undefined) return text
  return write({ ...all, [config.key]: servers }, text)
}

function parse(text: string): Record<string, unknown> {
  if (text.trim() === '') return {}
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`it is no plain JSON (${why}); with comments in it, it is yours to change`, {
      cause: error,
    })
  }
  if (!isRecord(value)) throw new Error('it holds no object')
  return value
}

function recordIn(all: Record<string, unknown>, key: string): Record<string, unknown> {
  const value = all[key]
  if (value === undefined) return {}
  if (isRecord(value)) return value
  throw new Error(`its "${key}" is no object`)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Indented as the text was before. */
function write(value: unknown, before: string): string {
  const [, indent = '  '] = /^\s*\{\r?\n([ \t]+)/.exec(before) ?? []
  return `${JSON.stringify(value, undefined, indent)}\n`
}

function tomlSection(key: string, { command, args, env }: Start): string {
  // A string of JSON is one of TOML, too.
  const lines = [
    `[${key}.${NAME}]`,
    `command = ${JSON.stringify(command)}`,
    `args = [${args.map((arg) => JSON.stringify(arg)).join(', ')}]`,
    ...(env === undefined ? [] : [`env = { ${pairs(env)} }`]),
  ]
  return `${lines.join('\n')}\n`
}

function pairs(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
    .join(', ')
}

/**
 * A section goes on to the next head; those below ours are ours. Throws where ours stands in another form (an inline table,
 * dotted keys): a second one beside it would make the file invalid.
 */
function withoutSection(text: string, key: string): string {
  const ours = [`${key}.${NAME}`, `${key}."${NAME}"`]
  const within = new RegExp(`^\\s*(${NAME}|"${NAME}")\\s*[.=]`)
  const above = new RegExp(`^\\s*${key}\\s*(=|\\.\\s*(${NAME}|"${NAME}")\\s*[.=])`)
  let section = ''
  const kept = text.split('\n').filter((line, index) => {
    const [, head] = /^\s*\[+\s*([^\]]+?)\s*\]+/.exec(line) ?? []
    section = head ?? section
    if ((section === key && within.test(line)) || (section === '' && above.test(line)))
      throw new Error(`its line ${index + 1} sets servers up in a form that Waggle does not change`)
    return !ours.some((one) => section === one || section.startsWith(`${one}.`))
  })
  return kept.join('\n')
}
