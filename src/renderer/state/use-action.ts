import { useCallback, useState } from 'react'

/** Runs what a button asks for; `after` only when it was not refused. */
export type Run = (act: () => Promise<unknown>, after?: () => void) => void

/** Runs what a button asks for, and keeps the sentence of a refusal until the next try. */
export function useAction(): { readonly run: Run; readonly refusal: string | undefined } {
  const [refusal, setRefusal] = useState<string>()
  const run = useCallback<Run>((act, after) => {
    const perform = async () => {
      try {
        await act()
        setRefusal(undefined)
        after?.()
      } catch (error) {
        setRefusal(error instanceof Error ? error.message : String(error))
      }
    }
    void perform()
  }, [])
  return { run, refusal }
}
