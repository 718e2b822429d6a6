import { visible } from '../../contract/visible'
import type { Message } from '../../contract/message'
import { firstLine } from '../format'
import { texts } from '../texts'
import { tones, type Tone } from './tone'

/** Recipient, sender and first line: the part that every row of messages begins with. */
export function MessageCells({ message: { to, from, text } }: { message: Message }) {
  return (
    <>
      <span className="w-[92px] shrink-0 truncate font-semibold" title={visible(to)}>
        {visible(to)}
      </span>
      <span
        className="hidden w-[116px] shrink-0 truncate text-faint @min-[640px]:block"
        title={visible(from)}
      >
        {texts.queue.from(from)}
      </span>
      <span className="min-w-0 flex-1 truncate text-soft">{firstLine(text)}</span>
    </>
  )
}

/** A few words that say how a message stands. */
export function Word({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={`max-w-[45%] shrink-0 truncate text-[12px] ${tones[tone]}`}>{visible(children)}</span>
  )
}

/** A number that keeps its place while it changes. */
export function Figure({ children, width = 'w-[56px]' }: { children: string; width?: string }) {
  return <span className={`${width} shrink-0 text-right font-mono text-[12px] text-faint`}>{children}</span>
}
