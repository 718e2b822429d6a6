import { useCallback, useEffect, useState } from 'react'
import type { Check } from '../../contract/doctor'
import type { Call } from '../state/call'
import { useAction } from '../state/use-action'

export interface Doctor {
  /** Undefined until the first look is over; what is in the way comes first. */
  readonly checks: readonly Check[] | undefined
  /** Why the last look failed, if it did. */
  readonly trouble: string | undefined
  readonly busy: boolean
  again(): void
}

const rank = { false: 0, warning: 1, true: 2 } as const

/** Looks when mounted, and again whenever the person comes back from mending something elsewhere. */
export function useDoctor(call: Call): Doctor {
  const [checks, setChecks] = useState<readonly Check[]>()
  const { run, refusal: trouble, busy } = useAction()
  const again = useCallback(() => {
    run(async () => {
      const { checks } = await call('doctor.run', {})
      setChecks(checks.toSorted((a, b) => rank[`${a.ok}`] - rank[`${b.ok}`]))
    })
  }, [call, run])
  useEffect(() => {
    again()
    window.addEventListener('focus', again)
    return () => window.removeEventListener('focus', again)
  }, [again])
  return { checks, trouble, busy, again }
}
