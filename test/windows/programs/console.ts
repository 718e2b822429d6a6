import { serveTest } from './serve-test'

// An agent in a console's window: whatever reaches its input is written down.

const heard: string[] = []
process.title = process.env['WAGGLE_TEST_TITLE'] ?? ''
process.stdin.setRawMode(true)
process.stdin.on('data', (bytes) => heard.push(bytes.toString('latin1')))
process.stdout.write('> ')

serveTest({ heard: () => heard })
