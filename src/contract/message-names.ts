/** The names that a message's fields take. No zod here: pages and the command line need the lists themselves. */

export const priorities = ['urgent', 'normal', 'low'] as const

export const messageStates = [
  'queued',
  'delivering',
  'delivered',
  'failed',
  'in-doubt',
  'cancelled',
  'expired',
] as const

/** The steps of a delivery, in order; `docs/architecture.md` tells what each does. */
export const deliverySteps = [
  'turn',
  'window',
  'focus',
  'paste',
  'read-back',
  'submit',
  'seen-empty',
  'draft-back',
] as const
