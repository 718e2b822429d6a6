import { useState } from 'react'

/** Sets other states anew, within the same drawing, whenever `value` is another one: `act` must do nothing else. */
export function useChange(value: object | undefined, act: () => void): void {
  const [before, setBefore] = useState<object>()
  if (value === before) return
  setBefore(value)
  act()
}
