import { connect } from 'node:net'
import type { X11Connection } from './connection'

const MAGIC = 'i3-ipc'
const RUN_COMMAND = 0
const ANSWER_MS = 1000

/** i3 drops a workspace with its last window: shown again by number it is nothing, by name it is made anew. */
export interface I3 {
  /** Undefined where another window manager runs, or none is shown. */
  nameOf(workspace: number | undefined): Promise<string | undefined>
  /** Resolves once i3 has done it, or has not answered for a second. */
  show(name: string): Promise<void>
}

export function createI3(x: X11Connection): I3 {
  const socketPath = async () => (await x.property(x.root, 'I3_SOCKET_PATH')).data.toString('utf8')
  return {
    async nameOf(workspace) {
      if (workspace === undefined || (await socketPath()) === '') return undefined
      const { data } = await x.property(x.root, '_NET_DESKTOP_NAMES')
      return data.toString('utf8').split('\0')[workspace] || undefined
    },
    async show(name) {
      const quoted = name.replaceAll(/["\\]/g, String.raw`\$&`)
      await say(await socketPath(), `workspace --no-auto-back-and-forth "${quoted}"`)
    },
  }
}

/** See i3's ipc page: magic, length and kind in the machine's byte order, then the command. */
async function say(path: string, command: string): Promise<void> {
  const payload = Buffer.from(command)
  const head = Buffer.alloc(MAGIC.length + 8)
  head.write(MAGIC)
  head.writeUInt32LE(payload.length, MAGIC.length)
  head.writeUInt32LE(RUN_COMMAND, MAGIC.length + 4)
  await new Promise<void>((resolve) => {
    const socket = connect({ path, timeout: ANSWER_MS })
    const end = () => {
      socket.destroy()
      resolve()
    }
    for (const over of ['data', 'timeout', 'error', 'close'] as const) socket.once(over, end)
    socket.write(Buffer.concat([head, payload]))
  })
}
