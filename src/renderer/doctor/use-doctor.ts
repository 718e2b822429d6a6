import { useCallback, useEffect, useState } from 'react'
import type { Check } from '../../contract/doctor'
import type { Call } from '../state/call'

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
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)
  const again = useCallback(() => {
    const look = async () => {
      setBusy(true)
      try {
        const { checks } = await call('doctor.run', {})
        setChecks(checks.toSorted((a, b) => rank[`${a.ok}`] - rank[`${b.ok}`]))
        setTrouble(undefined)
      } catch (error) {
        setTrouble(error instanceof Error ? error.message : String(error))
      }
      setBusy(false)
    }
    void look()
  }, [call])
  useEffect(() => {
    again()
    window.addEventListener('focus', again)
    return () => window.removeEventListener('focus', again)
  }, [again])
  return { checks, trouble, busy, again }
}
