import { useCallback, useEffect, useState } from 'react'
import type { Result } from '../../contract/operations'
import type { Live } from '../state/live'
import { useAction } from '../state/use-action'

/** How inputs are read, and the person's say in it. */
export function useTree({ call, onEvent }: Pick<Live, 'call' | 'onEvent'>) {
  const [tree, setTree] = useState<Result<'desktop.tree'>>()
  const { run, refusal, busy } = useAction()
  const choose = useCallback(
    (on: boolean, after?: () => void) => run(async () => setTree(await call('desktop.tree', { on })), after),
    [call, run],
  )
  useEffect(() => {
    let isOver = false
    const look = () =>
      run(async () => {
        const tree = await call('desktop.tree', {})
        if (!isOver) setTree(tree)
      })
    look()
    // It may be chosen in another place, too.
    const stop = onEvent(({ type }) => {
      if (type === 'settings') look()
    })
    return () => {
      isOver = true
      stop()
    }
  }, [call, onEvent, run])
  return { tree, choose, refusal, busy }
}
