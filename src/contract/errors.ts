/** The numbers an operation's error carries: those of JSON-RPC 2.0, then our own. No zod here: the command line needs them at once. */
export const errorCodes = {
  parse: -32700,
  invalidRequest: -32600,
  unknownMethod: -32601,
  invalidParams: -32602,
  internal: -32603,
  unknownAgent: 1001,
  queueFull: 1002,
  notFound: 1003,
  wrongState: 1004,
  timedOut: 1005,
  desktopUnavailable: 1006,
  refused: 1007,
  tooLarge: 1008,
  shuttingDown: 1009,
  storage: 1010,
} as const
export type ErrorName = keyof typeof errorCodes

/** An operation refused: a number for programs, a sentence for people, data for a remedy. */
export class OperationError extends Error {
  readonly code: number

  constructor(
    name: ErrorName,
    message: string,
    readonly data?: Record<string, unknown>,
  ) {
    super(message)
    this.name = 'OperationError'
    this.code = errorCodes[name]
  }
}

/** For the end of a switch over a closed union: the compiler proves that it is never reached. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}
