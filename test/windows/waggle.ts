import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OperationName, Params, Result } from '../../src/contract/operations'
import type { Message } from '../../src/contract/message'
import { startWineProgram } from './wine'

export interface WineWaggle {
  call<N extends OperationName>(method: N, params: Params<N>): Promise<Result<N>>
  /** Sends and waits for the end, at most so long. */
  deliver(to: string, text: string, timeoutMs?: number): Promise<Message>
  /** The folder its home is in, as Linux sees it. */
  readonly folder: string
  /** As at an end that was asked for; rejects where something of it failed. */
  close(): Promise<void>
  stop(): Promise<void>
}

/** All of Waggle on Windows' side, with a home of its own. */
export async function startWaggle(folder = mkdtempSync(join(tmpdir(), 'waggle-wine-'))): Promise<WineWaggle> {
  const inWine = `Z:${folder}`
  const program = await startWineProgram('waggle-host', {
    WAGGLE_HOME: `${inWine}/home`,
    WAGGLE_LOCK: `${inWine}/desktop`,
  })
  const call: WineWaggle['call'] = async (method, params) => program.ask('call', method, params)
  return {
    folder,
    call,
    async deliver(to, text, timeoutMs = 45_000) {
      const { messages } = await call('message.send', { to, text, from: 'test' })
      return call('message.wait', { id: messages[0]?.id ?? '', timeoutMs })
    },
    close: async () => program.ask('close'),
    async stop() {
      await program.ask('close').catch(() => undefined)
      await program.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
