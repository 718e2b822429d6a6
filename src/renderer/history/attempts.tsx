import type { Attempt, Timings } from '../../contract/message'
import { clockTime, span } from '../format'
import { failureWords, stepWords, texts } from '../texts'

/** Every attempt with its steps drawn to scale, the last one first. */
export function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  return attempts
    .map((attempt, index) => ({ attempt, number: index + 1 }))
    .toReversed()
    .map(({ attempt, number }) => (
      <div key={number} className="mt-2">
        <div className="flex items-baseline justify-between gap-3 text-[12px] text-faint">
          <h3 className="shrink-0 font-medium">
            {texts.detail.attempt(number)}
            <span className="ml-2 font-mono font-normal">{clockTime(attempt.start)}</span>
          </h3>
          <span className={`truncate ${typeof attempt.outcome === 'string' ? '' : 'text-bad'}`}>
            {outcomeWords(attempt)}
          </span>
        </div>
        {attempt.timings && attempt.timings.steps.length > 0 ? (
          <Timeline timings={attempt.timings} failed={typeof attempt.outcome !== 'string'} />
        ) : null}
        {attempt.output === undefined ? null : (
          <pre className="selectable mt-1.5 max-h-[160px] overflow-auto rounded-[7px] border border-line bg-bg p-2 font-mono text-[11.5px] whitespace-pre-wrap text-soft">
            {attempt.output}
          </pre>
        )}
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

/** The longest step has the accent: it is where the time went. A failed attempt ends in the step that failed. */
function Timeline({ timings: { steps }, failed }: { timings: Timings; failed: boolean }) {
  const longest = Math.max(...steps.map(({ ms }) => ms))
  const colourOf = (ms: number, index: number) => {
    if (failed && index === steps.length - 1) return 'bg-bad'
    return ms === longest ? 'bg-accent' : 'bg-soft/50'
  }
  return (
    <>
      <div aria-hidden="true" className="mt-1.5 mb-1 flex h-2 gap-px overflow-hidden rounded-[4px]">
        {steps.map(({ step, ms }, index) => (
          <span
            key={step}
            title={`${stepWords[step]} ${span(ms)}`}
            // A step too short to see still has its place.
            style={{ flexGrow: Math.max(ms, 0.5), flexBasis: 3 }}
            className={colourOf(ms, index)}
          />
        ))}
      </div>
      <p className="text-[12px] text-soft">
        {steps.map(({ step, ms }) => `${stepWords[step].toLowerCase()} ${Math.round(ms)}`).join(' · ')}
        <span className="text-faint">&nbsp;ms</span>
      </p>
    </>
  )
}
