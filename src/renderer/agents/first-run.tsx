import { useState, type FormEvent } from 'react'
import type { Agent } from '../../contract/agent'
import type { Message } from '../../contract/message'
import { Button } from '../components/button'
import { tones, toneOf } from '../components/tone'
import type { Live } from '../state/live'
import { TreeChoice } from '../doctor/tree-choice'
import { useAction } from '../state/use-action'
import { useMessage } from '../state/use-message'
import { stateWords } from '../texts'
import { agentTexts } from '../texts/agents'
import { NameAndPoint } from './add-agent'
import { TestPanel } from './test-panel'
import type { AgentActions } from './use-agent-actions'

const texts = agentTexts.first

interface FirstRunProps {
  readonly live: Live
  readonly agents: readonly Agent[]
  readonly actions: AgentActions
  readonly shortcut: string
  onImport(): void
  onDone(): void
}

/** From nothing to the first delivered message, one step after the other. */
export function FirstRun({ live, agents, actions, shortcut, onImport, onDone }: FirstRunProps) {
  const [agent] = agents.filter(({ at }) => at !== undefined)
  const [tested, setTested] = useState(false)
  const [sent, setSent] = useState<Message>()
  const message = useMessage(live, sent?.id) ?? sent
  const arrived = message?.state === 'delivered'
  const at = arrived ? 4 : message ? 3 : tested ? 2 : agent ? 1 : 0
  return (
    <section
      aria-label={texts.title}
      className="mx-auto flex w-full max-w-[620px] shrink-0 flex-col gap-3 rounded-[11px] border border-line bg-panel p-[18px]"
    >
      <div>
        <h2 className="text-[15px] font-[620]">{texts.title}</h2>
        <p className="text-soft">{texts.hint}</p>
      </div>
      <TreeChoice live={live} className="rounded-[9px] border border-line bg-bg px-3 py-2.5" />
      <ol className="flex flex-col gap-3">
        <Step index={0} at={at}>
          {agent ? (
            <p className="text-soft">{texts.pointed(agent.name, agent.calibration?.title ?? agent.name)}</p>
          ) : (
            <Begin agents={agents} actions={actions} shortcut={shortcut} onImport={onImport} />
          )}
        </Step>
        <Step index={1} at={at}>
          {agent && at < 3 ? (
            <TestPanel
              name={agent.name}
              call={live.call}
              label={texts.testNow(agent.name)}
              onTested={({ ok }) => setTested(ok)}
            />
          ) : null}
        </Step>
        <Step index={2} at={at}>
          {agent && !message ? <FirstMessage live={live} to={agent.name} onSent={setSent} /> : null}
        </Step>
        <Step index={3} at={at}>
          {message && agent ? <Way message={message} name={agent.name} onDone={onDone} /> : null}
        </Step>
      </ol>
    </section>
  )
}

/** A step's number, its words, and below them what belongs to it once its time has come. */
function Step({ index, at, children }: { index: number; at: number; children: React.ReactNode }) {
  const isDone = at > index
  const mark = isDone ? 'bg-ok text-bg' : at === index ? 'bg-accent text-bg' : 'border border-line text-faint'
  return (
    <li aria-current={at === index ? 'step' : undefined} className="flex gap-3">
      <span
        aria-hidden="true"
        className={`mt-px grid size-[19px] shrink-0 place-items-center rounded-full text-[11px] font-bold ${mark}`}
      >
        {isDone ? '✓' : index + 1}
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <p className={at >= index ? 'font-medium' : 'text-faint'}>{texts.steps[index]}</p>
        {at >= index ? children : null}
      </div>
    </li>
  )
}

type BeginProps = Pick<FirstRunProps, 'agents' | 'actions' | 'shortcut' | 'onImport'>

function Begin({ agents, actions, shortcut, onImport }: BeginProps) {
  return (
    <>
      <NameAndPoint agents={agents} onPoint={actions.point} />
      <p className="text-[12px] text-faint">{agentTexts.hover(shortcut)}</p>
      <button type="button" onClick={onImport} className="self-start text-[12px] text-soft underline">
        {texts.import}
      </button>
    </>
  )
}

function FirstMessage({ live, to, onSent }: { live: Live; to: string; onSent(message: Message): void }) {
  const [text, setText] = useState<string>(texts.message)
  const { run, refusal, busy } = useAction()
  const send = (event?: FormEvent) => {
    event?.preventDefault()
    if (busy) return
    run(async () => {
      const { messages } = await live.call('message.send', { to, text })
      if (messages[0]) onSent(messages[0])
    })
  }
  return (
    <form onSubmit={send} className="flex flex-col gap-2">
      <div className="flex gap-2">
        <input
          aria-label={texts.messageLabel}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="selectable h-[30px] min-w-0 flex-1 rounded-[7px] border border-line bg-bg px-2"
        />
        <Button shortcut="⏎" onPress={() => send()} disabled={text.trim() === ''}>
          {texts.send}
        </Button>
      </div>
      {refusal === undefined ? null : (
        <p role="alert" className="text-bad">
          {refusal}
        </p>
      )}
    </form>
  )
}

interface WayProps {
  readonly message: Omit<Message, 'attempts'>
  readonly name: string
  onDone(): void
}

function Way({ message, name, onDone }: WayProps) {
  return (
    <>
      <p role="status" className={tones[toneOf(message)]}>
        {stateWords(message)}
      </p>
      {message.state === 'queued' && message.failure ? (
        <p className="text-soft">{message.failure.message}</p>
      ) : null}
      {message.state === 'delivered' ? (
        <>
          <p className="text-soft">{texts.arrived}</p>
          <code className="selectable self-start rounded-[6px] border border-line bg-bg px-2.5 py-1 font-mono text-[12px] text-soft">
            {texts.command(name)}
          </code>
          <div>
            <Button onPress={onDone}>{texts.done}</Button>
          </div>
        </>
      ) : null}
    </>
  )
}
