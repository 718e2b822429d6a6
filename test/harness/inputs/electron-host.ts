import type { Said } from '../../inputs/page/types'
import type { ClosedWindow, OpenWindow } from '../agents'
import { conversation, launchProgram } from '../agents-program'
import type { HostedSpec, InputHost } from './input-host'

/** All windows in one Electron program. */
export async function startElectronHost(
  agents: readonly HostedSpec[],
  page: string,
  said: (agent: string, said: Said) => void,
  env: NodeJS.ProcessEnv,
): Promise<InputHost> {
  const program = launchProgram('test/inputs', { agents, page }, { env })
  const talk = conversation(program.process)
  talk.onSubmitted((entry) => {
    const { agent, ...rest } = entry as { agent: string } & Said
    said(agent, rest)
  })
  try {
    await talk.ready
  } catch (error) {
    await program.stop()
    throw error
  }
  return {
    windows: async () => (await talk.ask('windows')) as (OpenWindow | ClosedWindow)[],
    ask: async (command, name, params) => talk.ask(command, name, { ...params }),
    stop: program.stop,
  }
}
