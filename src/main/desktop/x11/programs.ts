import type { ClientIds } from 'x11'
import type { X11Connection } from './connection'

const LOCAL_CLIENT_PID = 2

/** True if both windows belong to the same process, whichever of its connections made them; false where nobody can tell. */
export type SameProcess = (a: number, b: number) => Promise<boolean>

/** Some programs paste and copy over a connection beside that of their windows (alacritty): the server knows whose each is. */
export function createSameProcess(x: X11Connection): SameProcess {
  const resources = x.ask<ClientIds>((done) => x.client.require('res', done)).catch(() => undefined)
  const pidOf = async (window: number): Promise<number | undefined> => {
    const asked = await resources
    if (!asked) return undefined
    const spec = [{ client: window, mask: LOCAL_CLIENT_PID }]
    const ids = await x
      .ask<{ mask: number; value: number[] }[]>((done) => asked.QueryClientIds(spec, done))
      .catch(() => [])
    // A client over the network has none.
    return ids.find(({ mask }) => mask === LOCAL_CLIENT_PID)?.value[0]
  }
  return async (a, b) => {
    if (x.sameProgram(a, b)) return true
    const [one, other] = await Promise.all([pidOf(a), pidOf(b)])
    return one !== undefined && one === other
  }
}
