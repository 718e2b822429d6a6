import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { Sent } from './judge'
import type { Planned } from './plan'

/**
 * A way to bring messages into windows: Waggle's pipe, or scripts with fixed pauses, with or without a file lock: programs
 * that paste as the older swarm did, or shell scripts around xdotool.
 */
export type Way =
  | { readonly by: 'waggle' }
  | { readonly by: 'script'; readonly pauseMs: number; readonly lock?: string }
  | { readonly by: 'shell'; readonly pauseMs: number; readonly lock: string }

interface SendersOptions {
  readonly way: Way
  readonly planned: readonly Planned[]
  /** Where each agent's input stands, in physical pixels. */
  readonly inputs: ReadonlyMap<string, readonly [number, number]>
  readonly root: string
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
}

type Program = ChildProcessByStdio<Writable, Readable, Readable>

/** Starts a process for every sender, lets them all go at once, and resolves with what they say once all have ended. */
export async function runSenders(options: SendersOptions): Promise<Sent[]> {
  const names = [...new Set(options.planned.map(({ sender }) => sender))]
  const senders = names.map((name) => startSender(name, options))
  const kill = (): void => {
    for (const { program } of senders) program.kill('SIGKILL')
  }
  options.signal.addEventListener('abort', kill)
  try {
    options.signal.throwIfAborted()
    await Promise.all(senders.map(({ ready }) => ready))
    for (const { go } of senders) go()
    return (await Promise.all(senders.map(({ sent }) => sent))).flat()
  } finally {
    options.signal.removeEventListener('abort', kill)
    kill()
  }
}

interface Sender {
  readonly program: Program
  readonly ready: Promise<void>
  readonly sent: Promise<Sent[]>
  go(): void
}

function startSender(name: string, { way, planned, inputs, root, env }: SendersOptions): Sender {
  const errands = planned.filter(({ sender }) => sender === name)
  const file = join(root, 'demo/senders', `by-${way.by}.mjs`)
  const program = spawn(process.execPath, [file], { env, stdio: ['pipe', 'pipe', 'pipe'] })
  const orders = {
    sender: name,
    errands: errands.map(({ to, mark, text }) => ({ to, mark, text, at: inputs.get(to) })),
    ...(way.by === 'waggle' ? {} : way),
  }
  // A sender that ended early cannot be written to; its end is told by 'close'.
  program.stdin.on('error', () => undefined)
  program.stdin.write(`${JSON.stringify(orders)}\n`)
  return { program, ...hear(program, name, errands.length), go: () => program.stdin.write('go\n') }
}

function hear(program: Program, name: string, expected: number): Pick<Sender, 'ready' | 'sent'> {
  const sent: Sent[] = []
  const told = new EventEmitter<{ ready: []; over: [Error | undefined] }>()
  let complaints = ''
  program.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  createInterface({ input: program.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as Sent | { ready: true }
    if ('ready' in line) told.emit('ready')
    else sent.push(line)
  })
  const over = (why: string): void => {
    const early = new Error(`${name} ended early (${why}): ${complaints.trim()}`)
    told.emit('over', sent.length === expected ? undefined : early)
  }
  program.once('error', (error) => over(error.message))
  program.once('close', (code, signal) => over(signal ?? `exit ${code}`))
  const all = new Promise<Sent[]>((resolve, reject) =>
    told.once('over', (early) => (early ? reject(early) : resolve(sent))),
  )
  // Whoever waits for the start learns of an early end there; this promise must not count as unhandled meanwhile.
  all.catch(() => undefined)
  const ready = new Promise<void>((resolve, reject) => {
    told.once('ready', resolve)
    all.catch(reject)
  })
  return { ready, sent: all }
}
