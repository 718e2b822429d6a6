import type { ParsedParams, Result } from '../../contract/operations'
import type { Leases } from '../desktop/lock/leases'
import type { Caller } from './handlers'

export interface LeaseDeps {
  readonly leases: Leases
}

type LeaseOperation = 'desktop.acquire' | 'desktop.release'

/** The operations that lend the desktop to other programs; a connection's leases end with it. */
export function leaseHandlers({ leases }: LeaseDeps) {
  return {
    'desktop.acquire': async (params, caller) => ({ lease: await leases.acquire(params, caller.signal) }),
    'desktop.release': ({ lease }) => {
      leases.release(lease)
      return {}
    },
  } satisfies {
    [N in LeaseOperation]: (params: ParsedParams<N>, caller: Caller) => Result<N> | Promise<Result<N>>
  }
}
