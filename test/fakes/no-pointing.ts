import { OperationError } from '../../src/contract/failure'
import type { Pointing } from '../../src/main/ways/window/pointing'

const nobody = (): never => {
  throw new OperationError('wrongState', 'Nobody points here.')
}

/** A desk at which nobody ever points: every request is given up at once. */
export const noPointing: Pointing = {
  ask: () => Promise.resolve(undefined),
  scene: nobody,
  choose: nobody,
  cancel: nobody,
}
