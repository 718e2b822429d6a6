import type { Outcome } from './message-store'

/** How an attempt ended during which Waggle itself ended. */
export function brokenOff(mayBeSubmitted: boolean): Outcome {
  if (!mayBeSubmitted) {
    return {
      state: 'queued',
      failure: {
        code: 'internal',
        message: 'Waggle ended during this attempt, before anything was submitted.',
      },
    }
  }
  return {
    state: 'in-doubt',
    failure: {
      code: 'submit-unconfirmed',
      message:
        'Waggle ended while it submitted the message: it may or may not have arrived. Look at the agent, then resolve ' +
        'the message as delivered or failed, or retry it.',
    },
  }
}
