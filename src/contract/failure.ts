import { z } from 'zod'

/** Why a message is waiting, failed or in doubt. */
export const failureCodes = [
  'not-calibrated',
  'profile-unfit',
  'window-missing',
  'focus-lost',
  'text-mismatch',
  'draft-present',
  'user-active',
  'lock-timeout',
  'lock-lost',
  'desktop-unavailable',
  'submit-unconfirmed',
  'internal',
  'agent-busy',
  'agent-asks',
  'agent-starting',
  'agent-ended',
  'unreadable',
  'not-accepted',
  'earlier-paste',
  'keys-unsafe',
  'held',
  'paused',
  'text-held',
] as const

export const failureSchema = z.object({
  code: z.enum(failureCodes),
  message: z.string().describe('what was tried, what happened, what to do'),
  left: z.boolean().optional().describe('true: some of its text may still stand in the input'),
})
export type FailureCode = (typeof failureCodes)[number]
export type Failure = z.infer<typeof failureSchema>

export { assertNever, errorCodes, OperationError } from './errors'
export type { ErrorName } from './errors'
