import { useState, type KeyboardEvent } from 'react'
import type { Agent } from '../../contract/agent'
import { Keycap } from '../components/keycap'
import { Notice } from '../components/notice'
import { fields } from '../fields'
import type { Live } from '../state/live'
import { useAction } from '../state/use-action'
import { texts } from '../texts'
import { AgentPicker } from './agent-picker'
import { everyone, recipients, type Choice } from './recipients'

interface ComposeProps {
  readonly live: Live
  readonly agents: readonly Agent[]
  readonly autoFocus: string | undefined
}

/** The line at the bottom: to whom, what, Enter. */
export function Compose({ live, agents, autoFocus }: ComposeProps) {
  const [choice, setChoice] = useState<Choice>([])
  const [text, setText] = useState('')
  const { run, refusal, busy } = useAction()
  const names = agents.filter(({ enabled }) => enabled).map(({ name }) => name)
  const to = recipients(choice, names)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur()
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    if (busy || text.trim() === '' || to === undefined) return
    run(
      () => live.call('message.send', { to, text }),
      // What was written behind it meanwhile stays.
      () => setText((now) => (now.startsWith(text) ? now.slice(text.length) : now)),
    )
  }
  // The view above says what to do about it.
  if (names.length === 0) return null
  return (
    <div className="mt-2.5 shrink-0">
      {refusal === undefined ? null : <Notice tone="bad">{refusal}</Notice>}
      <div className="flex items-center gap-2.5 rounded-[11px] border border-line bg-raise px-3 py-[9px] focus-within:border-faint/60">
        <AgentPicker
          names={names}
          choice={choice.length === 0 && to !== everyone ? names.slice(0, 1) : choice}
          onChange={setChoice}
        />
        <textarea
          id={fields.compose}
          aria-label={texts.compose.label}
          placeholder={texts.compose.placeholder}
          autoFocus={autoFocus === fields.compose}
          rows={Math.min(5, text.split('\n').length)}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          className="min-w-0 flex-1 resize-none bg-transparent leading-[20px] text-text outline-none placeholder:text-faint"
        />
        <ComposeHint writing={text !== ''} />
      </div>
    </div>
  )
}

function ComposeHint({ writing }: { writing: boolean }) {
  return (
    <span className="flex shrink-0 items-center gap-1.5 text-faint">
      {writing ? texts.compose.send : texts.compose.short}
      <Keycap>{writing ? '⏎' : 'N'}</Keycap>
    </span>
  )
}
