import type { WayName } from '../../../contract/agent'
import type { Failure } from '../../../contract/failure'
import type { DeliveryStep, Proof } from '../../../contract/message'
import type { Clock } from '../../clock'
import type { Pastes } from '../../queue/pastes'
import type { Delivery, Order } from '../way'
import type { Errand } from './hand-over'
import type { HandedOver } from './handed-over'

interface ErrandDeps {
  readonly clock: Pick<Clock, 'monotonic'>
  readonly pastes: Pastes
  readonly way: WayName
}

/** Runs an order as an errand in a terminal and says how it went, with the time each step took. */
export async function runErrand(
  order: Order,
  { clock, pastes, way }: ErrandDeps,
  handOver: (errand: Errand) => Promise<HandedOver>,
): Promise<Delivery> {
  const { agent, message, signal } = order
  const timed = timedSteps(clock)
  const handed = await handOver({
    id: message.id,
    text: message.text,
    submit: message.submit,
    earlier: pastes.of(agent.name),
    signal,
    beforePaste: () =>
      allowed(signal, () =>
        pastes.write(agent.name, { messageId: message.id, text: message.text, draft: '', way }),
      ),
    beforeSubmit: () => allowed(signal, () => order.beforeSubmit()),
    onStep: (step) => {
      timed.begin(step)
      order.onStep(step)
    },
  })
  const timings = { steps: timed.end() }
  if (handed.state === 'delivered') return { state: 'delivered', proof: PROOF, timings }
  if (!mayStandThere(handed.failure)) pastes.erase(agent.name)
  return { ...handed, timings }
}

/** The message stood in the agent's own prompt and left it at Enter. */
const PROOF: Proof = 'prompt'

/** True while a text of ours, this one or an earlier one, is to be looked for before anything else is pasted. */
function mayStandThere({ code, left }: Failure): boolean {
  return code === 'earlier-paste' || (left === true && code !== 'not-accepted')
}

async function allowed(signal: AbortSignal, act: () => void): Promise<boolean> {
  if (signal.aborted) return false
  act()
  return true
}

function timedSteps(clock: Pick<Clock, 'monotonic'>) {
  const steps: { readonly step: DeliveryStep; readonly ms: number }[] = []
  let under: { readonly step: DeliveryStep; readonly since: number } | undefined
  const begin = (step: DeliveryStep | undefined) => {
    const now = clock.monotonic()
    if (under) steps.push({ step: under.step, ms: now - under.since })
    under = step && { step, since: now }
  }
  return {
    begin,
    end() {
      begin(undefined)
      return steps
    },
  }
}
