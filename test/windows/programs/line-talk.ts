import { createInterface } from 'node:readline'
import type { Socket } from 'node:net'

/** What both sides say, one JSON line each; bytes and what JSON lacks are written out. */
export type Line =
  | { readonly id: number; readonly method: string; readonly args: readonly unknown[] }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: string; readonly name: string }
  | { readonly event: string; readonly value: unknown }

export function sayLine(socket: Socket, line: Line): void {
  const written = JSON.stringify(line, function (this: Record<string, unknown>, key, value: unknown) {
    const raw = this[key]
    if (raw === Infinity) return { infinite: true }
    return raw instanceof Uint8Array ? { bytes: Buffer.from(raw).toString('base64') } : value
  })
  socket.write(`${written}\n`)
}

export function onLine(socket: Socket, hear: (line: Line) => void): void {
  createInterface({ input: socket }).on('line', (text) => {
    hear(
      JSON.parse(text, (_, value: unknown) => {
        if (typeof value !== 'object' || value === null) return value
        if ('infinite' in value) return Infinity
        return 'bytes' in value && typeof value.bytes === 'string'
          ? Buffer.from(value.bytes, 'base64')
          : value
      }) as Line,
    )
  })
}
