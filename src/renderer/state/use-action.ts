import { useCallback, useState } from 'react'

/** Runs what a button asks for; `after` only when it was not refused. */
export type Run = (act: () => Promise<unknown>, after?: () => void) => void

interface Action {
  readonly run: Run
  readonly refusal: string | undefined
  /** True while something is under way; a key held down must not send a message once more. */
  readonly busy: boolean
}

/** Runs what a button asks for, and keeps the sentence of a refusal until the next try. */
export function useAction(): Action {
  const [refusal, setRefusal] = useState<string>()
  const [running, setRunning] = useState(0)
  const run = useCallback<Run>((act, after) => {
    const perform = async () => {
      setRunning((count) => count + 1)
      try {
        await act()
        setRefusal(undefined)
        after?.()
      } catch (error) {
        setRefusal(error instanceof Error ? error.message : String(error))
      } finally {
        setRunning((count) => count - 1)
      }
    }
    void perform()
  }, [])
  return { run, refusal, busy: running > 0 }
}
