import { useCallback, useEffect, useState } from 'react'
import { Keycap } from './keycap'

export interface ToastWords {
  readonly words: string
  readonly action?: { readonly label: string; readonly key: string; act(): void }
}

/** Long enough to read a sentence and to reach for the button. */
const SHOWN_MS = 8000

/** What was just done, for some seconds. A newer one takes its place. */
export function useToast() {
  const [toast, setToast] = useState<ToastWords>()
  useEffect(() => {
    if (!toast) return undefined
    const timer = setTimeout(() => setToast(undefined), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [toast])
  const act = useCallback(() => {
    toast?.action?.act()
    setToast(undefined)
  }, [toast])
  return { toast, say: setToast, act }
}

/** The sentence and its button, above the view's lower edge. The region is always there, so that it is read aloud. */
export function Toast({ toast, onAct }: { toast: ToastWords | undefined; onAct(): void }) {
  return (
    <div role="status" className="pointer-events-none absolute right-2 bottom-3 z-20 flex">
      {toast ? (
        <p className="pointer-events-auto flex items-center gap-3 rounded-[9px] border border-line bg-raise px-3.5 py-2 shadow-card">
          {toast.words}
          {toast.action ? (
            <button
              type="button"
              onClick={onAct}
              className="flex items-center gap-1.5 rounded-[5px] font-semibold text-accent-text"
            >
              {toast.action.label} <Keycap>{toast.action.key}</Keycap>
            </button>
          ) : null}
        </p>
      ) : null}
    </div>
  )
}
