import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'

/** A model that answers "Done." to everything, and asks for a tool where the prompt says so: it logs what it was asked. */
export interface ModelServer {
  readonly url: string
  /** The texts of the person's side in the longest conversation so far, without what the agent adds itself. */
  prompts(): string[]
  /** What the agent's tools answered, as the agent handed it on. */
  results(): string[]
  close(): Promise<void>
}

/** A prompt with these words is answered by asking for a command, about which an agent asks its person. */
export const WANTS_TOOL = 'run the tool'

interface Part {
  readonly type?: string
  readonly text?: string
}

interface Asked {
  readonly stream?: boolean
  readonly messages?: readonly { readonly role: string; readonly content: string | readonly Part[] }[]
  readonly input?: readonly {
    readonly type?: string
    readonly role?: string
    readonly content?: readonly Part[]
  }[]
  readonly contents?: readonly {
    readonly role?: string
    readonly parts?: readonly (Part & { functionResponse?: unknown })[]
  }[]
  readonly tools?: readonly Offered[]
}

/** A tool as an agent offers it: by itself, or as one of several. */
interface Offered {
  readonly name?: string
  readonly tools?: readonly { readonly name?: string }[]
  readonly functionDeclarations?: readonly { readonly name?: string }[]
}

interface ToolCall {
  readonly name: string
  readonly namespace?: string
  readonly args: object
}

interface Model {
  /** What is run where the prompt asks for it. */
  readonly command: string
  /** A tool that every prompt is answered by, where it is offered. */
  readonly tool: string | undefined
  note(prompts: string[]): void
  noteResult(result: string): void
}

export async function startModelServer(command: string, tool?: string): Promise<ModelServer> {
  let longest: string[] = []
  const results: string[] = []
  const model: Model = {
    command,
    tool,
    note: (prompts) => {
      if (prompts.length >= longest.length) longest = prompts
    },
    noteResult: (result) => void results.push(result),
  }
  const server = createServer((request, response) => void answer(request, response, model))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    prompts: () => longest,
    results: () => results,
    close: () => new Promise((done) => (server.closeAllConnections(), server.close(() => done()))),
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { command, tool, note, noteResult }: Model,
): Promise<void> {
  const path = request.url ?? ''
  const body = await text(request)
  const asked = (body.startsWith('{') ? JSON.parse(body) : {}) as Asked
  const prompts = promptsIn(asked)
  if (request.method !== 'POST' || path.includes('count_tokens') || path.includes('countTokens')) {
    response.writeHead(200, { 'content-type': 'application/json' })
    return void response.end(JSON.stringify({ input_tokens: 1, totalTokens: 1, data: [], models: [] }))
  }
  // Helpers of the agents (titles, routing) ask about other things, and without tools.
  const isMain = (asked.tools?.length ?? 0) > 0
  if (isMain) note(prompts)
  const result = toolResult(asked)
  if (result !== undefined) noteResult(result)
  const wantsTool = isMain && result === undefined && (prompts.at(-1) ?? '').includes(WANTS_TOOL)
  const call = wantsTool
    ? shellCall(command, asked)
    : isMain && result === undefined && tool !== undefined
      ? offeredCall(tool, asked)
      : undefined
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  // No model has thought of a tool sooner.
  if (wantsTool) await delay(1000)
  const send = (event: string | undefined, data: object) =>
    response.write(`${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`)
  if (path.includes('/messages')) claude(send, call)
  else if (path.includes('/responses')) codex(send, call)
  else gemini(send, call)
  response.end()
}

/** A call of the agent's own shell tool. */
function shellCall(command: string, { messages, input, tools = [] }: Asked): ToolCall | undefined {
  if (messages) return { name: 'Bash', args: { command, description: 'a test' } }
  if (!input) return { name: 'run_shell_command', args: { command, description: 'a test' } }
  const name = tools
    .map((tool) => tool.name)
    .find((one) => /^(?:shell|shell_command|exec_command)$/.test(one ?? ''))
  if (name === undefined) return undefined
  const asking = { sandbox_permissions: 'require_escalated', justification: 'a test' }
  if (name === 'shell') return { name, args: { command: ['sh', '-c', command] } }
  return { name, args: name === 'exec_command' ? { cmd: command, ...asking } : { command, ...asking } }
}

/** A call, without arguments, of the tool whose name ends so. */
function offeredCall(ending: string, { tools = [] }: Asked): ToolCall | undefined {
  const isIt = ({ name = '' }: { readonly name?: string }) => name.endsWith(ending)
  for (const one of tools) {
    if (isIt(one)) return { name: one.name ?? '', args: {} }
    const inside = one.tools?.find(isIt) ?? one.functionDeclarations?.find(isIt)
    if (inside?.name !== undefined)
      return { name: inside.name, args: {}, ...(one.tools && one.name && { namespace: one.name }) }
  }
  return undefined
}

type Send = (event: string | undefined, data: object) => void

function claude(send: Send, call: ToolCall | undefined): void {
  const typed = (data: { type: string }) => send(data.type, data)
  const message = { id: `msg_${Date.now()}`, type: 'message', role: 'assistant', model: 'test', content: [] }
  const usage = { input_tokens: 1, output_tokens: 1 }
  typed({ type: 'message_start', message: { ...message, stop_reason: null, stop_sequence: null, usage } } as {
    type: string
  })
  const block = call
    ? { type: 'tool_use', id: `toolu_${Date.now()}`, name: call.name, input: {} }
    : { type: 'text', text: '' }
  const delta = call
    ? { type: 'input_json_delta', partial_json: JSON.stringify(call.args) }
    : { type: 'text_delta', text: 'Done.' }
  typed({ type: 'content_block_start', index: 0, content_block: block } as { type: string })
  typed({ type: 'content_block_delta', index: 0, delta } as { type: string })
  typed({ type: 'content_block_stop', index: 0 } as { type: string })
  const stop = { stop_reason: call ? 'tool_use' : 'end_turn', stop_sequence: null }
  typed({ type: 'message_delta', delta: stop, usage } as { type: string })
  typed({ type: 'message_stop' })
}

function codex(send: Send, call: ToolCall | undefined): void {
  const id = `resp_${Date.now()}`
  const item = call
    ? {
        type: 'function_call',
        id: `fc_${Date.now()}`,
        call_id: `call_${Date.now()}`,
        name: call.name,
        ...(call.namespace !== undefined && { namespace: call.namespace }),
        arguments: JSON.stringify(call.args),
      }
    : {
        type: 'message',
        id: `m_${Date.now()}`,
        role: 'assistant',
        content: [{ type: 'output_text', text: 'Done.' }],
      }
  send('response.created', { type: 'response.created', response: { id } })
  send('response.output_item.done', { type: 'response.output_item.done', output_index: 0, item })
  const usage = {
    input_tokens: 1,
    input_tokens_details: null,
    output_tokens: 1,
    output_tokens_details: null,
    total_tokens: 2,
  }
  send('response.completed', { type: 'response.completed', response: { id, usage } })
}

function gemini(send: Send, call: ToolCall | undefined): void {
  const part = call ? { functionCall: { name: call.name, args: call.args } } : { text: 'Done.' }
  const usageMetadata = { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 }
  send(undefined, {
    candidates: [{ index: 0, content: { role: 'model', parts: [part] }, finishReason: 'STOP' }],
    usageMetadata,
  })
}

function promptsIn({ messages, input, contents }: Asked): string[] {
  const texts = [
    ...(messages ?? []).flatMap(({ role, content }) =>
      role !== 'user' ? [] : typeof content === 'string' ? [content] : [ownText(content)],
    ),
    ...(input ?? []).flatMap(({ role, content }) => (role === 'user' && content ? [ownText(content)] : [])),
    // Gemini puts what follows a turn that was broken off into the same content, as a part of its own.
    ...(contents ?? []).flatMap(({ role, parts }) =>
      role === 'user' && parts ? parts.map((part) => ownText([part])) : [],
    ),
  ]
  return texts.map((one) => one.replace(INTERRUPTED, '')).filter((one) => one !== '' && !isAdded(one))
}

/** Claude Code puts this before what follows a question that was answered by Esc. */
const INTERRUPTED = /^\[Request interrupted[^\]]*\]\s*/

function ownText(parts: readonly Part[]): string {
  return parts.flatMap(({ text }) => (text === undefined || isAdded(text) ? [] : text)).join('\n')
}

/** What agents put around the person's words. */
function isAdded(one: string): boolean {
  return /^\s*(?:<(?:system-reminder|environment_context|user_instructions|permissions|session_context|command-|turn_aborted)|# AGENTS|This is the Gemini CLI)/.test(
    one,
  )
}

/** What a tool has just answered. */
function toolResult(asked: Asked): string | undefined {
  const last = [asked.messages?.at(-1), asked.input?.at(-1), asked.contents?.at(-1)].find(
    (one) => one !== undefined,
  )
  const said = JSON.stringify(last ?? '')
  return /tool_result|function_call_output|functionResponse/.test(said) ? said : undefined
}
