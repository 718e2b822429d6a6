import { useEffect, useRef, useState } from 'react'

/** The least time between two announcements: a busy queue changes many times a second, and nobody can listen to that. */
const EVERY_MS = 4000

/** Says this to those who hear the window instead of seeing it, politely and not too often; the last word is always said. */
export function Announcements({ words }: { words: string }) {
  const [said, setSaid] = useState(words)
  const lastAt = useRef(-Infinity)
  useEffect(() => {
    if (words === said) return undefined
    const say = () => {
      lastAt.current = performance.now()
      setSaid(words)
    }
    const timer = setTimeout(say, Math.max(0, lastAt.current + EVERY_MS - performance.now()))
    return () => clearTimeout(timer)
  }, [words, said])
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  )
}
