import type { Attempt, Timings } from '../../contract/message'
import { span } from '../format'
import { failureWords, stepWords, texts } from '../texts'

/** Every attempt with its steps drawn to scale, the last one first. */
export function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  return attempts
    .map((attempt, index) => ({ attempt, number: index + 1 }))
    .toReversed()
    .map(({ attempt, number }) => (
      <div key={attempt.start} className="mt-1.5">
        <div className="flex items-baseline justify-between gap-3 text-[12px] text-faint">
          <h3 className="font-medium">{texts.detail.attempt(number)}</h3>
          <span className="truncate">{outcomeWords(attempt)}</span>
        </div>
        {attempt.timings ? <Timeline timings={attempt.timings} /> : null}
      </div>
    ))
}

function outcomeWords({ outcome, timings }: Attempt): string {
  const took = timings ? span(timings.deliveryMs) : ''
  if (outcome === 'delivered') return took
  if (outcome === 'running') return texts.detail.running
  const words = outcome === 'in-doubt' ? failureWords['submit-unconfirmed'] : failureWords[outcome.code]
  return [words, took].filter(Boolean).join(' · ')
}

/** The longest step has the accent: it is where the time went. */
function Timeline({ timings: { steps } }: { timings: Timings }) {
  const longest = Math.max(...steps.map(({ ms }) => ms))
  return (
    <>
      <div className="mt-1.5 mb-1 flex h-2 gap-px overflow-hidden rounded-[4px]">
        {steps.map(({ step, ms }) => (
          <span
            key={step}
            // A step too short to see still has its place.
            style={{ flexGrow: Math.max(ms, 0.5), flexBasis: 2 }}
            className={ms === longest ? 'bg-accent' : 'bg-soft/50'}
          />
        ))}
      </div>
      <p className="text-[12px] text-soft">
        {steps.map(({ step, ms }) => `${stepWords[step].toLowerCase()} ${Math.round(ms)}`).join(' · ')}
      </p>
    </>
  )
}
