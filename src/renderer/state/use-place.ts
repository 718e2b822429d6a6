import { useCallback, useEffect, useState } from 'react'
import { fromHash, toHash, type Place } from './place'

const KEY = 'waggle.place'

/** Where someone is: kept in the address, so that a reload comes back here, and stored, so that the next start does. */
export function usePlace(): readonly [Place, (change: Partial<Place>) => void] {
  const [place, setPlace] = useState<Place>(() =>
    fromHash(location.hash || (localStorage.getItem(KEY) ?? '')),
  )
  const change = useCallback((to: Partial<Place>) => setPlace((now) => ({ ...now, ...to })), [])
  useEffect(() => {
    const hash = toHash(place)
    history.replaceState(null, '', hash)
    localStorage.setItem(KEY, hash)
  }, [place])
  return [place, change]
}
