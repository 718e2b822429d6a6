import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from 'react'
import type { Agent } from '../../contract/agent'
import type { Stance, Wish } from '../../contract/bridge'
import type { Priority } from '../../contract/message'
import type { Params } from '../../contract/operations'
import { Keycap } from '../components/keycap'
import { AgentPicker } from '../queue/agent-picker'
import { everyone, recipients, type Choice } from '../queue/recipients'
import { useAction } from '../state/use-action'
import { useChange } from '../state/use-change'
import { texts } from '../texts'
import { PriorityChoice } from './priority-choice'

interface WritingProps {
  readonly hidden: boolean
  readonly agents: readonly Agent[]
  readonly wish: Wish | undefined
  stand(stance: Stance): Promise<void>
  /** Rejects with a sentence when it is refused. */
  send(params: Params<'message.send'>): Promise<void>
}

/** To whom, what, how urgent; Enter queues it. A refusal is said, and the text is kept. */
export function Writing({ hidden, agents, wish, stand, send }: WritingProps) {
  const names = agents.filter(({ enabled }) => enabled).map(({ name }) => name)
  const field = useRef<HTMLTextAreaElement>(null)
  const { choice, setChoice, asked, text, setText, priority, setPriority, refusal, onKeyDown } = useWriting(
    names,
    { wish, stand, send },
  )
  const begin = useEffectEvent(() => {
    // While nobody is chosen the list is open and has the focus.
    if (isSomebody(choice)) field.current?.focus()
    void stand('write')
  })
  useEffect(() => {
    if (wish) begin()
  }, [wish])
  if (hidden) return null
  return (
    <section className="flex h-full flex-col border border-line bg-raise px-3.5 pt-3 pb-2.5">
      <div className="flex items-center justify-between gap-3">
        {names.length === 0 ? (
          <p className="text-soft">{texts.quickSend.noAgents}</p>
        ) : (
          <AgentPicker
            // Anew, and so open while nobody is chosen, whenever it has to be asked who.
            key={asked}
            names={names}
            choice={choice}
            opens="below"
            startsOpen={asked > 0 && !isSomebody(choice)}
            onChange={setChoice}
            onDone={() => field.current?.focus()}
          />
        )}
        <PriorityChoice priority={priority} onChange={setPriority} />
      </div>
      <textarea
        ref={field}
        aria-label={texts.compose.label}
        placeholder={texts.compose.placeholder}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="mt-2.5 min-h-0 flex-1 resize-none bg-transparent text-[14px] leading-[21px] outline-none placeholder:text-faint"
      />
      <Foot refusal={refusal} hint={isSomebody(choice) ? texts.quickSend.newline : texts.quickSend.several} />
    </section>
  )
}

function isSomebody(choice: Choice): boolean {
  return choice === everyone || choice.length > 0
}

/** What is being written, and how it is queued. An agent named by the wish is the choice. */
function useWriting(
  names: readonly string[],
  { wish, stand, send }: Pick<WritingProps, 'wish' | 'stand' | 'send'>,
) {
  const [choice, setChoice] = useState<Choice>([])
  const [text, setText] = useState('')
  const [priority, setPriority] = useState<Priority>('normal')
  const { run, refusal, busy } = useAction()
  /** How often it had to be asked who is written to. */
  const [asked, setAsked] = useState(0)
  useChange(wish, () => {
    setAsked(asked + 1)
    if (wish?.show === 'write' && wish.to !== undefined) setChoice([wish.to])
  })
  const queue = async () => {
    const to = isSomebody(choice) ? recipients(choice, names) : undefined
    if (to === undefined) setAsked(asked + 1)
    if (to === undefined || text.trim() === '') return
    // The focus is back where it was before the message can be delivered.
    await stand('aside')
    try {
      await send({ to, text, priority })
    } catch (error) {
      await stand('write')
      throw error
    }
    setText('')
    setPriority('normal')
    await stand('follow')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    if (!busy) run(queue)
  }
  return { choice, setChoice, asked, text, setText, priority, setPriority, refusal, onKeyDown }
}

function Foot({ refusal, hint }: { refusal: string | undefined; hint: string }) {
  return (
    <div className="flex items-end justify-between gap-4 text-[12px] text-faint">
      {refusal === undefined ? (
        <span>{hint}</span>
      ) : (
        <p role="alert" className="selectable line-clamp-3 text-bad">
          {refusal}
        </p>
      )}
      <span className="flex shrink-0 items-center gap-1.5">
        {texts.compose.send}
        <Keycap>⏎</Keycap>
        <span className="ml-2">{texts.quickSend.close}</span>
        <Keycap>Esc</Keycap>
      </span>
    </div>
  )
}
