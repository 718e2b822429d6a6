import type { X11Connection } from './connection'

const ALL_MASTER_DEVICES = 1
const RAW_KEY_PRESS = 13
const RAW_BUTTON_PRESS = 15
/** The server counts in whole milliseconds. */
const OWN_TOLERANCE_MS = 2

/** What our own acts look like to the server, so that everything else is known to be a person's. */
export interface OwnActs {
  /** Runs an act of ours that presses these keys and buttons, in X11's codes, and has happened when it resolves. */
  own<T>(presses: Presses, act: () => Promise<T>): Promise<T>
  /** For how many ms no person has touched mouse or keyboard. */
  personIdleMs(): Promise<number>
}

interface Presses {
  readonly keys?: readonly number[]
  readonly buttons?: readonly number[]
}

/**
 * Tells a person's input from our own. The server reports every press of a key or button, whoever it goes to (XInput 2
 * raw events); one that we did not announce is a person's. It also tells how long ago the last input of any kind was
 * (MIT-SCREEN-SAVER), which covers the pointer; there, what came later than our last act is a person's.
 */
export function createX11Presence(x: X11Connection): OwnActs {
  const saver = x.extensions['screen-saver']
  let expected: string[] = []
  let personAt = -Infinity
  let ownAt = -Infinity
  let running = 0

  const masks = (1 << RAW_KEY_PRESS) | (1 << RAW_BUTTON_PRESS)
  x.extensions.xinput.XISelectEvents(x.root, [{ deviceId: ALL_MASTER_DEVICES, mask: masks }])
  x.onEvent(({ name, detail }) => {
    if (name !== 'XIRawKeyPress' && name !== 'XIRawButtonPress') return
    const press = pressName(name === 'XIRawKeyPress' ? 'key' : 'button', detail)
    const index = expected.indexOf(press)
    if (index === -1) personAt = performance.now()
    else expected.splice(index, 1)
  })

  return {
    async own({ keys = [], buttons = [] }, act) {
      expected.push(...keys.map((key) => pressName('key', key)))
      expected.push(...buttons.map((button) => pressName('button', button)))
      running += 1
      try {
        return await act()
      } finally {
        running -= 1
        // What the server has not reported by now was not pressed.
        if (running === 0) expected = []
        ownAt = performance.now()
      }
    },

    async personIdleMs() {
      // The answer may be long on its way: reckoned from the question on, the last input is never said to be too late.
      const askedAt = performance.now()
      const { idle } = await x.ask<{ idle: number }>((done) => saver.QueryInfo(x.root, done))
      const lastInputAt = askedAt - idle
      // While an act of ours is on its way the last input may be that one.
      if (running === 0 && lastInputAt > ownAt + OWN_TOLERANCE_MS) personAt = Math.max(personAt, lastInputAt)
      return performance.now() - personAt
    },
  }
}

function pressName(kind: 'key' | 'button', code: number): string {
  return `${kind} ${code}`
}
