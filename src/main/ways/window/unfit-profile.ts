import { isDeepStrictEqual } from 'node:util'
import type { Agent } from '../../../contract/agent'
import type { Failure } from '../../../contract/failure'
import { guessProfile, type Profile } from './profile'

/**
 * Why an agent gets nothing in a terminal's window by its profile, if so: somebody chose one that wants something else than
 * is ever done there. One that nobody chose follows the window.
 */
export function unfitProfile(
  { name, profile, calibration }: Agent,
  app: string,
  profileOf: (name: string, app: string) => Profile,
): Failure | undefined {
  // As `agent.set` guesses it; an agent without a window begins with that of an unknown program.
  if (profile === guessProfile(calibration?.app ?? '')) return undefined
  if (isDeepStrictEqual(profileOf(profile, app), profileOf('terminal', app))) return undefined
  return {
    code: 'profile-unfit',
    message: `The profile "${profile}" of ${name} does not fit its window, which is a terminal (${app}): into those Waggle only ever pastes, and presses Enter. Nothing is typed there until the profile is another: \`waggle agents set ${name} --profile terminal\`.`,
  }
}
