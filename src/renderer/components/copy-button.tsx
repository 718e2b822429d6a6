import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { texts } from '../texts'

/** Puts this text on the clipboard, and shows that it did. */
export function CopyButton({ text }: { text: string }) {
  const [copied, setCopied] = useState<string>()
  const done = copied === text
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(text)
    } catch {
      // Without the mark the person sees that it was not taken.
      setCopied(undefined)
    }
  }
  return (
    <button
      type="button"
      aria-label={done ? texts.actions.copied : texts.actions.copy}
      title={done ? texts.actions.copied : texts.actions.copy}
      onClick={() => void copy()}
      className="rounded-[5px] p-1 text-faint hover:text-text"
    >
      {done ? <Check size={13} /> : <Copy size={13} />}
    </button>
  )
}
