import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OperationError } from '../../contract/failure'

export interface OnboardingFile {
  readonly file: string
  readonly text: string
}

/** What somebody wrote for this agent, else for all; undefined where nobody has. Throws `OperationError` wrongState where it cannot be read. */
export function onboardingFile(home: string, agent: string): OnboardingFile | undefined {
  // A name may hold what leads out of the folder.
  const own = /[/\\]|^\.\.?$/.test(agent) ? [] : [join(home, 'onboarding', `${agent}.md`)]
  const file = [...own, join(home, 'onboarding.md')].find((path) => existsSync(path))
  if (file === undefined) return undefined
  try {
    return { file, text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)) }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new OperationError(
      'wrongState',
      `Tried to read what ${agent} is told from ${file}: ${why}. Mend the file, or move it away; nothing was sent.`,
    )
  }
}
