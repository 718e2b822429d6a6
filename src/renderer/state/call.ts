import type { OperationName, Params, Result } from '../../contract/operations'

/** Calls an operation of the contract; rejects with an Error whose message is a sentence for the user. */
export type Call = <N extends OperationName>(name: N, params: Params<N>) => Promise<Result<N>>
