import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
const LIMIT_MS = 30_000

type Selection = 'clipboard' | 'primary'

/** A program that has put this on a selection and answers for it until it ends. */
export function xclipHolds(
  selection: Selection,
  data: string | Buffer,
  target = 'UTF8_STRING',
): ChildProcess {
  const args = ['-selection', selection, '-t', target, '-quiet', '-i']
  const holder = spawn('xclip', args, { stdio: ['pipe', 'ignore', 'ignore'] })
  holder.stdin.end(data)
  return holder
}

/** What is on a selection now; undefined where there is none in this form. */
export async function xclipReads(selection: Selection, target = 'UTF8_STRING'): Promise<Buffer | undefined> {
  // Not execFileSync: the owner may be this very process.
  const options = { maxBuffer: 100_000_000, encoding: 'buffer', timeout: LIMIT_MS } as const
  return run('xclip', ['-selection', selection, '-t', target, '-o'], options).then(
    ({ stdout }) => stdout,
    () => undefined,
  )
}
