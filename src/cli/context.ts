import type { OperationName, Params, Result } from '../contract/operations'
import type { Client } from '../client/pipe-client'

/** What a command works with: Waggle on one side, the terminal on the other. */
export interface Context {
  /** Connects at the first use. Rejects with `NotRunning`. */
  client(): Promise<Client>
  call<N extends OperationName>(method: N, params: Params<N>): Promise<Result<N>>
  /** True with `--json`. */
  readonly json: boolean
  /** One line on stdout. */
  print(line: string): void
  /** One line on stderr. */
  complain(line: string): void
  /** The whole of stdin. Throws `CliError` usage unless it is UTF-8. */
  readStdin(): Promise<string>
  readFile(path: string): string
  /** The highest one said counts. */
  setExitCode(code: number): void
  readonly env: Readonly<Record<string, string | undefined>>
  readonly pid: number
  readonly platform: string
  /** Waggle's home folder. */
  readonly home: string
  /** Milliseconds since 1970. */
  now(): number
}

/** With `--json` the operation's result on one line, else the lines that `human` makes of it. */
export function show<T>(context: Context, result: T, human: (result: T) => readonly string[]): void {
  for (const line of context.json ? [JSON.stringify(result)] : human(result)) context.print(line)
}
