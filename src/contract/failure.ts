import { z } from 'zod'

/** Why a message is waiting, failed or in doubt. */
export const failureCodes = [
  'not-calibrated',
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
] as const

export const failureSchema = z.object({
  code: z.enum(failureCodes),
  message: z.string().describe('what was tried, what happened, what to do'),
})
export type FailureCode = (typeof failureCodes)[number]
export type Failure = z.infer<typeof failureSchema>

export { assertNever, errorCodes, OperationError } from './errors'
export type { ErrorName } from './errors'
