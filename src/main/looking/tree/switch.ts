import { existsSync } from 'node:fs'
import { Variant } from 'dbus-next'
import { z } from 'zod'
import type { Clock } from '../../clock'
import { NoAnswer, openTalk, type Question, type Ref, type Talk } from './talk'

const LIMIT_MS = 400
/** Its service is started by the first question. */
const START_LIMIT_MS = 3000
const SERVICE: Ref = ['org.a11y.Bus', '/org/a11y/bus']
const PROPERTIES = 'org.freedesktop.DBus.Properties'
const STATUS = 'org.a11y.Status'

/** The session's switch for accessibility trees. ScreenReaderEnabled is none of ours: it makes the desktop speak. */
export interface Switch {
  isOn(): Promise<boolean>
  /** Rejects with a sentence for the person where that cannot be done. */
  turn(on: boolean): Promise<void>
  /** Where the trees' own bus is now; undefined where there is none. Rejects when the session's bus hangs. */
  busAddress(): Promise<string | undefined>
}

export function createSwitch(env: NodeJS.ProcessEnv, clock: Clock): Switch {
  const ask = async (question: Omit<Question, 'to'>, limitMs = LIMIT_MS): Promise<unknown> => {
    const session = openSession(env, clock)
    if (!session) throw new Error('There is no session bus.')
    try {
      return await session.ask({ to: SERVICE, ...question }, limitMs)
    } finally {
      session.close()
    }
  }
  const isSet = async (property: string): Promise<boolean> => {
    const question = { iface: PROPERTIES, member: 'Get', signature: 'ss', body: [STATUS, property] }
    try {
      const [variant] = z.tuple([z.instanceof(Variant)]).parse(await ask(question))
      return variant.value === true
    } catch {
      return false
    }
  }
  return {
    isOn: async () => isSet('IsEnabled'),
    async turn(on) {
      if (!on && (await isSet('ScreenReaderEnabled'))) {
        throw new Error(
          'A screen reader is in use and reads by the accessibility tree, so it stays on. Waggle does not use it any more.',
        )
      }
      const body = [STATUS, 'IsEnabled', new Variant('b', on)]
      const question = { iface: PROPERTIES, member: 'Set', signature: 'ssv', body }
      try {
        await ask(question, START_LIMIT_MS)
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        throw new Error(
          `Waggle could not switch the accessibility tree ${on ? 'on' : 'off'} (${reason}). Install the package at-spi2-core and log in anew, or go on without: inputs are then read by copying.`,
          { cause: error },
        )
      }
    },
    async busAddress() {
      try {
        const answer = await ask({ iface: 'org.a11y.Bus', member: 'GetAddress' })
        return z.tuple([z.string()]).parse(answer)[0]
      } catch (error) {
        if (error instanceof NoAnswer && error.why === 'late') throw error
        return undefined
      }
    },
  }
}

function openSession(env: NodeJS.ProcessEnv, clock: Clock): Talk | undefined {
  const usual = `${env['XDG_RUNTIME_DIR'] ?? ''}/bus`
  const address = env['DBUS_SESSION_BUS_ADDRESS'] ?? (existsSync(usual) ? `unix:path=${usual}` : undefined)
  if (address === undefined || address === '') return undefined
  try {
    return openTalk(address, clock)
  } catch {
    return undefined
  }
}
