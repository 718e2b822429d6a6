import { connect } from 'node:net'
import { onLine, sayLine } from './line-talk'

type Methods = Readonly<Record<string, (...args: never[]) => unknown>>

/** Answers what a test on the other side of Wine asks, over loopback: a Windows program cannot write into a Linux pipe. */
export function serveTest(methods: Methods): (event: string, value: unknown) => void {
  const socket = connect(Number(process.env['WAGGLE_TEST_PORT']), '127.0.0.1')
  socket.setNoDelay(true)
  onLine(socket, (line) => {
    if (!('method' in line)) return
    const { id, method, args } = line
    const answer = async (): Promise<unknown> => Reflect.apply(methods[method] ?? missing, methods, args)
    answer().then(
      (result) => sayLine(socket, { id, result }),
      (error: unknown) => {
        const { message, name } = error instanceof Error ? error : new Error(String(error))
        sayLine(socket, { id, error: message, name })
      },
    )
  })
  // The test has ended.
  socket.on('close', () => process.exit())
  socket.on('error', () => process.exit())
  return (event, value) => sayLine(socket, { event, value })
}

function missing(): never {
  throw new Error('no such method')
}
