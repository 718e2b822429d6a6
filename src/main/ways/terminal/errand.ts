import type { DeliveryStep, Proof } from '../../../contract/message'
import type { Clock } from '../../clock'
import type { Delivery, Order } from '../way'
import type { Errand } from './hand-over'
import type { HandedOver } from './handed-over'

/**
 * Runs an order as an errand in a terminal and says how it went, with the time each step took. `beforePaste` writes down
 * what is about to be pasted.
 */
export async function runErrand(
  order: Order,
  clock: Pick<Clock, 'monotonic'>,
  handOver: (errand: Errand) => Promise<HandedOver>,
  beforePaste: () => void = () => undefined,
): Promise<Delivery> {
  const { message, signal } = order
  const steps: { readonly step: DeliveryStep; readonly ms: number }[] = []
  let under: { readonly step: DeliveryStep; readonly since: number } | undefined
  const begin = (step: DeliveryStep | undefined) => {
    const now = clock.monotonic()
    if (under) steps.push({ step: under.step, ms: now - under.since })
    under = step && { step, since: now }
  }
  const handed = await handOver({
    id: message.id,
    text: message.text,
    submit: message.submit,
    signal,
    beforePaste: () => Promise.resolve(allowed(signal, beforePaste)),
    beforeSubmit: () => Promise.resolve(allowed(signal, () => order.beforeSubmit())),
    onStep: (step) => {
      begin(step)
      order.onStep(step)
    },
  })
  begin(undefined)
  const timings = { steps }
  return handed.state === 'delivered' ? { state: 'delivered', proof: PROOF, timings } : { ...handed, timings }
}

/** The message stood in the agent's own prompt and left it at Enter. */
const PROOF: Proof = 'prompt'

function allowed(signal: AbortSignal, act: () => void): boolean {
  if (signal.aborted) return false
  act()
  return true
}
