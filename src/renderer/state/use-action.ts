import { useCallback, useState } from 'react'

/** Runs what a button asks for, and keeps the sentence of a refusal until the next try. */
export function useAction() {
  const [refusal, setRefusal] = useState<string>()
  const run = useCallback((act: () => Promise<unknown>, after?: () => void) => {
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
