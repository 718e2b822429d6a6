import { useEffect, useState } from 'react'
import type { Result } from '../../contract/operations'
import { Button } from '../components/button'
import { Dialog } from '../components/dialog'
import { Notice } from '../components/notice'
import type { ToastWords } from '../components/toast'
import type { Call } from '../state/call'
import { useAction } from '../state/use-action'
import { agentTexts } from '../texts/agents'

const texts = agentTexts.onboarding

/** Whose onboarding is looked at, if anyone's: an agent's, or everyone's ("*"). */
export function useOnboarding(say: (toast: ToastWords) => void) {
  const [to, setTo] = useState<string>()
  const close = () => setTo(undefined)
  const done = (count: number) => {
    close()
    say({ words: texts.sent(count) })
  }
  return { to, open: setTo, close, done }
}

interface OnboardingProps {
  readonly call: Call
  readonly onboarding: ReturnType<typeof useOnboarding>
}

export function Onboarding({ call, onboarding: { to, close, done } }: OnboardingProps) {
  if (to === undefined) return null
  return <OnboardingDialog {...{ call, to }} onDone={done} onClose={close} />
}

interface OnboardingDialogProps {
  readonly call: Call
  readonly to: string
  /** So many were told. */
  onDone(count: number): void
  onClose(): void
}

type Texts = Result<'agent.onboard'>['texts']

/** What agents would be told of who they are and who else is there, word for word, before it is sent. */
function OnboardingDialog({ call, to, onDone, onClose }: OnboardingDialogProps) {
  const [found, setFound] = useState<Texts>()
  const { run, refusal, busy } = useAction()
  useEffect(
    () => run(async () => setFound((await call('agent.onboard', { to, dryRun: true })).texts)),
    [call, run, to],
  )
  const count = found?.length ?? 0
  const send = () =>
    busy ||
    run(
      () => call('agent.onboard', { to }),
      () => onDone(count),
    )
  return (
    <Dialog title={to === '*' ? texts.everyone : texts.one(to)} onClose={onClose}>
      {refusal === undefined ? null : <Notice tone="bad">{refusal}</Notice>}
      {found === undefined ? null : <TextList texts={found} />}
      <div className="flex items-center justify-end gap-2">
        <p className="mr-auto text-[12px] text-faint">{texts.yours}</p>
        <Button onPress={onClose}>{agentTexts.cancel}</Button>
        <Button onPress={send} disabled={count === 0}>
          {texts.send(count)}
        </Button>
      </div>
    </Dialog>
  )
}

function TextList({ texts: all }: { texts: Texts }) {
  return (
    <ul
      tabIndex={0}
      aria-label={texts.list}
      className="min-h-0 overflow-y-auto rounded-[9px] border border-line bg-bg"
    >
      {all.map(({ to, text, file }) => (
        <li key={to} className="border-t border-line px-3 py-2 first:border-t-0">
          <p className="mb-1 flex items-baseline gap-2.5">
            <span className="font-semibold">{to}</span>
            <span className="truncate text-[12px] text-faint" title={file}>
              {texts.from(file)}
            </span>
          </p>
          <p className="selectable break-words whitespace-pre-wrap text-soft">{text}</p>
        </li>
      ))}
    </ul>
  )
}
