import { OperationError } from '../../../contract/failure'

/** The desktop is no longer ours: stop before the next act. */
export class TurnLost extends Error {
  override readonly name = 'TurnLost'
}

/** Nobody gave the desktop back within the timeout. */
export class TurnTimeout extends Error {
  override readonly name = 'TurnTimeout'
}

/** No lock can be taken there, for a reason that passes only by somebody's hand. */
export class LockUnusable extends OperationError {
  constructor(why: string) {
    super('desktopUnavailable', `The desktop lock cannot be taken: ${why}.`)
    this.name = 'LockUnusable'
  }
}
