import type { ReactNode } from 'react'
import type { Check } from '../../contract/doctor'
import { Button } from '../components/button'
import { Heading } from '../components/heading'
import { Notice } from '../components/notice'
import type { Live } from '../state/live'
import { useAction } from '../state/use-action'
import { doctorTexts as texts } from '../texts/doctor'
import { TreeChoice } from './tree-choice'
import { useDoctor } from './use-doctor'

interface DoctorChecksProps {
  readonly live: Live
  /** `trouble` leaves out what is in order, and what is asked elsewhere: for places where the checks are not what the person came for. */
  readonly show: 'all' | 'trouble'
}

/** What deliveries need and how it stands, with what to do about it. */
export function DoctorChecks({ live, show }: DoctorChecksProps) {
  const { call } = live
  const { checks, trouble, busy, again } = useDoctor(call)
  const action = useAction()
  const shown = (checks ?? []).filter(
    ({ ok, fix }) => show === 'all' || (ok !== true && fix !== 'desktop.tree'),
  )
  const bad = (checks ?? []).filter(({ ok }) => ok === false).length
  if (show === 'trouble' && checks && shown.length === 0) return null
  return (
    <section aria-label={texts.title}>
      <div className="flex items-end justify-between">
        <Heading>{bad > 0 ? texts.summary(bad) : texts.title}</Heading>
        <div className="mb-1.5">
          <Button onPress={again} disabled={busy}>
            {texts.again}
          </Button>
        </div>
      </div>
      {trouble === undefined ? null : <Notice tone="bad">{texts.failed(trouble)}</Notice>}
      {action.refusal === undefined ? null : <Notice tone="bad">{action.refusal}</Notice>}
      {checks ? null : <p className="px-0.5 text-soft">{texts.checking}</p>}
      {shown.length === 0 ? null : (
        <ul className="overflow-hidden rounded-[11px] border border-line bg-panel">
          {shown.map((check) => (
            <CheckRow
              key={check.name}
              check={check}
              answer={check.fix === 'desktop.tree' ? <TreeChoice live={live} onChosen={again} /> : undefined}
              onPermit={() => action.run(() => call('desktop.permit', {}), again)}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

const marks = { true: 'bg-ok', warning: 'bg-accent', false: 'bg-bad' } as const

interface CheckRowProps {
  readonly check: Check
  /** In place of what was found, where the person has the say. */
  readonly answer: ReactNode
  onPermit(): void
}

function CheckRow({ check: { name, ok, found, remedy, fix }, answer, onPermit }: CheckRowProps) {
  return (
    <li className="flex gap-2.5 border-t border-line px-3.5 py-2 first:border-t-0">
      <span className={`mt-[6px] size-[7px] shrink-0 rounded-full ${marks[`${ok}`]}`} />
      <span className="w-[142px] shrink-0 font-medium">
        {name}
        <span className="sr-only">{`: ${texts.states[`${ok}`]}.`}</span>
      </span>
      <div className="selectable min-w-0 flex-1 break-words">
        {answer ?? (
          <>
            <p className={ok === true ? 'text-soft' : ''}>{found}</p>
            {remedy === undefined ? null : <p className="text-soft">{remedy}</p>}
          </>
        )}
      </div>
      {fix === 'desktop.permit' ? <Button onPress={onPermit}>{texts.fixes[fix]}</Button> : null}
    </li>
  )
}
