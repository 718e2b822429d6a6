import { useState } from 'react'
import type { Learnt } from '../../contract/agent'
import type { AgentTest } from '../../contract/agent-test'
import { Button } from '../components/button'
import { clockTime, daysAgo, longDate, span } from '../format'
import type { Call } from '../state/call'
import { useAction } from '../state/use-action'
import { useNow } from '../state/use-now'
import { stepWords } from '../texts'
import { agentTexts as texts } from '../texts/agents'

interface TestPanelProps {
  readonly name: string
  readonly call: Call
  /** On the button; default: "Test". */
  readonly label?: string
  /** What the last test has learnt; shown until there is a newer one. */
  readonly learnt?: Learnt | undefined
  onTested?(test: AgentTest): void
}

/** Runs a delivery up to the submit key, and shows each step with its time. */
export function TestPanel({ name, call, label = texts.test, learnt, onTested }: TestPanelProps) {
  const { run, refusal, busy } = useAction()
  const [test, setTest] = useState<AgentTest>()
  const start = () =>
    run(async () => {
      setTest(undefined)
      const result = await call('agent.test', { name })
      setTest(result)
      onTested?.(result)
    })
  return (
    <section className="flex flex-col gap-2">
      <div className="flex items-center gap-2.5">
        <Button onPress={start} disabled={busy}>
          {busy ? texts.testing : label}
        </Button>
        <p role="status" className={`text-[12px] ${test?.ok ? 'text-ok' : 'text-faint'}`}>
          {test?.ok ? texts.testedWell : test || busy ? '' : texts.testHelp}
        </p>
      </div>
      {refusal === undefined ? null : (
        <p role="alert" className="selectable text-bad">
          {refusal}
        </p>
      )}
      {test ? <Outcome test={test} name={name} /> : null}
      {!test && !busy && learnt ? <Known learnt={learnt} /> : null}
    </section>
  )
}

function Outcome({ test: { steps, failure, says, picture }, name }: { test: AgentTest; name: string }) {
  return (
    <>
      <ol className="flex flex-wrap gap-x-3 gap-y-1 text-[12px]">
        {steps.map(({ step, ms, ok, message }) => (
          <li key={step} title={message} className={ok ? 'text-soft' : 'text-bad'}>
            {ok ? '✓' : '×'} {stepWords[step]} <span className="font-mono text-faint">{span(ms)}</span>
          </li>
        ))}
      </ol>
      {failure === undefined ? null : <p className="selectable text-bad">{failure.message}</p>}
      {says === undefined ? null : <Sayings says={says} />}
      {picture === undefined ? null : (
        <img src={picture} alt={texts.preview(name)} className="rounded-[7px] border border-line" />
      )}
    </>
  )
}

/** What this input is like, one sentence a line. */
function Sayings({ says }: { says: readonly string[] }) {
  return (
    <ul className="selectable flex flex-col gap-0.5 text-[12px] text-soft">
      {says.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}

function Known({ learnt: { at, says } }: { learnt: Learnt }) {
  const now = useNow(undefined)
  const when = daysAgo(at, now) === 0 ? clockTime(at) : longDate(at)
  return (
    <div className="flex flex-col gap-1 border-l-2 border-line pl-3">
      <p className="text-[12px] text-faint">{texts.learnt(when)}</p>
      <Sayings says={says} />
    </div>
  )
}
