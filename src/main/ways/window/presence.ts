import type { Failure } from '../../../contract/failure'
import type { Priority } from '../../../contract/message'
import type { Settings } from '../../../contract/settings'
import type { Desktop } from '../../desktop/desktop'

/** Why a message has to wait for the person at the desk, if it has to: urgent ones wait for a shorter rest. */
export async function personTrouble(
  desktop: Pick<Desktop, 'personIdleMs'>,
  { idleMs, urgentIdleMs }: Pick<Settings['presence'], 'idleMs' | 'urgentIdleMs'>,
  priority: Priority,
): Promise<Failure | undefined> {
  const restMs = priority === 'urgent' ? Math.min(urgentIdleMs, idleMs) : idleMs
  if ((await desktop.personIdleMs()) >= restMs) return undefined
  return { code: 'user-active', message: 'You are using the desktop. It goes once mouse and keyboard rest.' }
}
