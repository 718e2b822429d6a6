/** The desktop is no longer ours: stop before the next act. */
export class TurnLost extends Error {
  override readonly name = 'TurnLost'
}

/** Nobody gave the desktop back within the timeout. */
export class TurnTimeout extends Error {
  override readonly name = 'TurnTimeout'
}
