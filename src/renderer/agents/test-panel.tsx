import { useState } from 'react'
import type { AgentTest } from '../../contract/agent-test'
import { Button } from '../components/button'
import { span } from '../format'
import type { Call } from '../state/call'
import { useAction } from '../state/use-action'
import { stepWords } from '../texts'
import { agentTexts as texts } from '../texts/agents'

interface TestPanelProps {
  readonly name: string
  readonly call: Call
  /** On the button; default: "Test". */
  readonly label?: string
  onTested?(test: AgentTest): void
}

/** Runs a delivery up to the submit key, and shows each step with its time. */
export function TestPanel({ name, call, label = texts.test, onTested }: TestPanelProps) {
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
    </section>
  )
}

function Outcome({ test: { steps, failure, picture }, name }: { test: AgentTest; name: string }) {
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
      {picture === undefined ? null : (
        <img src={picture} alt={texts.preview(name)} className="rounded-[7px] border border-line" />
      )}
    </>
  )
}
