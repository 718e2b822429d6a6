import { z } from 'zod'
import type { Operation } from './operations'
import { settingsChangesSchema, settingsResultSchema } from './settings'

export const settingsOperations = {
  'settings.get': {
    summary: 'All settings as they are and as they would be by default, read from the file anew.',
    params: z.strictObject({}),
    result: settingsResultSchema,
  },
  'settings.set': {
    summary:
      'Changes the given settings; they hold at once and are on disk when it answers. null is back to the default.',
    params: z.strictObject({ changes: settingsChangesSchema }),
    result: settingsResultSchema,
  },
} as const satisfies Record<string, Operation>
