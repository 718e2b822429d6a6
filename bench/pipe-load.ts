import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { sampleMessage } from './sample'

export interface PipeLoad {
  readonly clients: number
  readonly ms: number
  /** How many messages of one client are on their way at once: 1 waits for each acknowledgement before the next is sent. */
  readonly ahead: number
}

export interface PipeLoadResult {
  readonly perSecond: number
  readonly count: number
  /** Of one core, in ms, what the clients themselves took for each. */
  readonly clientMs: number
}

const LF = 0x0a

/**
 * Sends messages from many clients at once and counts their acknowledgements. The clients are as cheap as can be (lines made
 * before, answers counted and not read), since on two cores theirs is one of the two. Throws when one is refused.
 */
export async function loadPipe(path: string, { clients, ms, ahead }: PipeLoad): Promise<PipeLoadResult> {
  const sockets = await Promise.all(Array.from({ length: clients }, () => opened(path)))
  const lines = sockets.map((_, sender) => linesOf(sender))
  const [from, cpu] = [performance.now(), process.cpuUsage()]
  const counts = await Promise.all(
    sockets.map((socket, sender) => send(socket, lines[sender] ?? [], { ahead, until: from + ms })),
  )
  const seconds = (performance.now() - from) / 1000
  const { user, system } = process.cpuUsage(cpu)
  for (const socket of sockets) socket.destroy()
  const count = counts.reduce((sum, one) => sum + one, 0)
  return { perSecond: count / seconds, count, clientMs: (user + system) / 1000 / count }
}

/** Different texts enough that no guard takes them for the same. */
function linesOf(sender: number): string[] {
  return Array.from({ length: 500 }, (_, number) => {
    const { to, from, text } = sampleMessage(sender * 500 + number, sender)
    return `${JSON.stringify({ jsonrpc: '2.0', id: number, method: 'message.send', params: { to, from, text } })}\n`
  })
}

/** Resolves with how many were acknowledged, once the last one is. */
function send(socket: Socket, lines: readonly string[], { ahead, until }: { ahead: number; until: number }) {
  return new Promise<number>((resolve, reject) => {
    let [sent, acks] = [0, 0]
    const more = (count: number) => {
      let text = ''
      for (let left = count; left > 0; left -= 1) text += lines[sent++ % lines.length] ?? ''
      socket.write(text)
    }
    socket.on('error', reject)
    socket.on('data', (chunk: Buffer) => {
      if (chunk.includes('"error"')) reject(new Error(chunk.toString()))
      const before = acks
      for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) acks += 1
      if (performance.now() < until) more(acks - before)
      else if (acks === sent) resolve(acks)
    })
    more(ahead)
  })
}

async function opened(path: string): Promise<Socket> {
  const socket = connect(path)
  await once(socket, 'connect')
  return socket
}
