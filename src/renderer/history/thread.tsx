import { visible } from '../../contract/visible'
import type { Message } from '../../contract/message'
import { withDepths } from '../../contract/thread'
import { toneOf, tones } from '../components/tone'
import { clockTime } from '../format'
import type { Exchange } from '../state/use-exchange'
import { stateWords, texts } from '../texts'

/** Deeper than this nothing is left to read in the pane. */
const DEEPEST = 6

/** The exchange around a message, each answer under what it answers, the message itself whole. */
export function Thread({
  messages,
  message,
}: Pick<Exchange, 'messages'> & { readonly message: Pick<Message, 'id'> }) {
  return (
    <section aria-label={texts.detail.exchange} className="mb-3">
      <h3 className="mb-1 text-[12px] font-medium text-faint">{texts.detail.exchange}</h3>
      <ol className="flex flex-col gap-1.5">
        {withDepths(messages).map(({ message: one, depth }) => (
          <li
            key={one.id}
            aria-current={one.id === message.id ? 'true' : undefined}
            style={{ marginLeft: Math.min(depth, DEEPEST) * 14 }}
            className="border-l-2 border-line pl-2.5 aria-[current]:border-accent"
          >
            <p className="flex items-baseline gap-2 text-[12px] text-faint">
              <span className="truncate">{visible(texts.detail.fromTo(one.from, one.to))}</span>
              <span className="font-mono">{clockTime(one.createdAt)}</span>
              {/* What has arrived needs no word. */}
              {one.state === 'delivered' ? null : (
                <span className={`ml-auto truncate ${tones[toneOf(one)]}`}>{stateWords(one)}</span>
              )}
            </p>
            <p
              className={`break-words whitespace-pre-wrap text-text ${one.id === message.id ? '' : 'line-clamp-4'}`}
            >
              {visible(one.text)}
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}
