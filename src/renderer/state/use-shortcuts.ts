import { useEffect } from 'react'

/** Keys that act anywhere in the window, by the name `KeyboardEvent.key` gives in lower case. */
export type Shortcuts = Readonly<Record<string, () => void>>

/** Listens while mounted. A key typed into a field is text and no shortcut. */
export function useShortcuts(shortcuts: Shortcuts): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const action = shortcuts[event.key.toLowerCase()]
      if (!action || event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target))
        return
      event.preventDefault()
      action()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [shortcuts])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
}
