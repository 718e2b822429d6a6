import { useEffect, useRef } from 'react'
import { LoneKeys } from './lone-keys'

/** Keys that act anywhere in the window, by the name `KeyboardEvent.key` gives in lower case. */
export type Shortcuts = Readonly<Record<string, () => void>>

const none: Shortcuts = {}

/**
 * Listens while mounted. A key typed into a field is text and no shortcut; the grave ones, which concern everything, act
 * only when they are pressed alone.
 */
export function useShortcuts(shortcuts: Shortcuts, grave: Shortcuts = none): void {
  const latest = useRef({ shortcuts, grave })
  useEffect(() => {
    latest.current = { shortcuts, grave }
  })
  useEffect(() => {
    const lone = new LoneKeys({ later }, performance.now())
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const key = event.key.toLowerCase()
      if (event.key.length === 1)
        lone.typed(event.timeStamp, event.repeat ? undefined : latest.current.grave[key])
      const action = latest.current.shortcuts[key]
      if (!action || event.repeat) return
      event.preventDefault()
      action()
    }
    const onFocus = ({ timeStamp }: Event) => lone.came(timeStamp)
    const onPointer = () => lone.touched()
    document.addEventListener('keydown', onKey)
    document.addEventListener('pointerdown', onPointer, true)
    window.addEventListener('focus', onFocus)
    return () => {
      lone.close()
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('pointerdown', onPointer, true)
      window.removeEventListener('focus', onFocus)
    }
  }, [])
}

function later(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
}
