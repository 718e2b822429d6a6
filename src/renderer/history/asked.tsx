import { visible } from '../../contract/visible'
import type { Exchange } from '../state/use-exchange'
import { toneOf, tones } from '../components/tone'
import { firstLine } from '../format'
import { stateWords, texts } from '../texts'

/** Whom a message went to in one go, who has answered and who has not; nothing for one that went to one alone. */
export function Asked({ asked }: Pick<Exchange, 'asked'>) {
  if (asked.length < 2) return null
  const answers = asked.filter(({ answer }) => answer !== undefined).length
  return (
    <section aria-label={texts.detail.asked} className="mt-3">
      <h3 className="mb-1 flex justify-between text-[12px] font-medium text-faint">
        {texts.detail.sentTo(asked.length)}
        <span className="font-normal">{texts.detail.answered(answers, asked.length)}</span>
      </h3>
      <ul className="border-t border-line">
        {asked.map(({ question, answer }) => (
          <li key={question.id} className="flex items-baseline gap-2.5 border-b border-line py-1">
            <span className="w-[84px] shrink-0 truncate font-semibold">{visible(question.to)}</span>
            {answer ? (
              <span className="min-w-0 flex-1 truncate text-text">{firstLine(answer.text)}</span>
            ) : (
              <>
                <span className="min-w-0 flex-1 truncate text-faint">{texts.detail.noAnswer}</span>
                <span className={`max-w-[55%] shrink-0 truncate text-[12px] ${tones[toneOf(question)]}`}>
                  {stateWords(question)}
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
