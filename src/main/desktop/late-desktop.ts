import { absentDesktop } from './absent-desktop'
import type { Desktop } from './desktop'

/** A desktop that is still being opened: what is asked of it waits for that, and nobody else does. */
export function lateDesktop(opening: Promise<Desktop>): Desktop {
  const asked =
    (method: keyof Desktop) =>
    async (...args: readonly unknown[]) => {
      const desktop = await opening
      return Reflect.apply(desktop[method], desktop, args) as unknown
    }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the very methods, with their own answers
  const methods = Object.keys(absentDesktop('')) as (keyof Desktop)[]
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same
  return Object.fromEntries(methods.map((method) => [method, asked(method)])) as unknown as Desktop
}
