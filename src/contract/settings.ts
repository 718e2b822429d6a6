import { z } from 'zod'
import { acceleratorSchema } from './accelerator'
import { settingsHelp as help } from './settings-help'
import { partyName } from './text'

const milliseconds = z.int().min(1).max(86_400_000)

/** A relative path would be another file in every working directory, and so no lock at all. */
const absolutePath = z
  .string()
  .regex(/^(?:\/|[A-Za-z]:[\\/]|\\\\)./, { error: 'expected a whole path, from the root or the drive on' })

/** The profiles that come with Waggle; one of your own is built on one of them. */
export const builtInProfiles = ['chat', 'terminal', 'editor'] as const

/** A profile of the user's own: what it does not say is as in its base. */
export const ownProfileSchema = z.object({
  base: z.enum(builtInProfiles).default('chat').describe(help.profile.base),
  paste: z.enum(['ctrl+v', 'ctrl+shift+v', 'shift+insert']).optional().describe(help.profile.paste),
  submit: z.enum(['enter', 'ctrl+enter', 'none']).optional().describe(help.profile.submit),
  newlines: z.enum(['keep', 'spaces']).optional().describe(help.profile.newlines),
  readBack: z.boolean().optional().describe(help.profile.readBack),
  clear: z.enum(['select-all', 'none']).optional().describe(help.profile.clear),
})

/** Profiles by name; the names of those that come with Waggle are taken. */
function profilesBy<P extends z.ZodType>(profile: P) {
  return z.record(z.string(), profile).superRefine((profiles, context) => {
    for (const name of Object.keys(profiles)) {
      const taken = builtInProfiles.some((builtIn) => builtIn === name)
      const message = taken
        ? `${builtInProfiles.join(', ')} come with Waggle; choose another name`
        : partyName.safeParse(name).error?.issues[0]?.message
      if (message !== undefined) context.addIssue({ code: 'custom', path: [name], message })
    }
  })
}

/** The groups of settings, each field with its default (those without one may be left out). */
const groups = {
  presence: {
    idleMs: milliseconds.default(2000).describe(help.presence.idleMs),
    urgentIdleMs: milliseconds.min(100).default(500).describe(help.presence.urgentIdleMs),
    giveUpMs: milliseconds.optional().describe(help.presence.giveUpMs),
  },
  delivery: {
    attempts: z.int().min(1).max(100).default(5).describe(help.delivery.attempts),
    retryMs: milliseconds.default(500).describe(help.delivery.retryMs),
  },
  lock: {
    path: absolutePath.optional().describe(help.lock.path),
    retryMs: milliseconds.default(100).describe(help.lock.retryMs),
    retryFactor: z.number().min(1).max(100).default(1.5).describe(help.lock.retryFactor),
    retryMaxMs: milliseconds.default(2000).describe(help.lock.retryMaxMs),
    timeoutMs: milliseconds.default(30_000).describe(help.lock.timeoutMs),
  },
  queue: { limit: z.int().min(1).max(1_000_000).default(10_000).describe(help.queue.limit) },
  guards: {
    perMinute: z.int().min(0).max(1_000_000).default(1200).describe(help.guards.perMinute),
    answers: z.int().min(0).max(1_000_000).default(100).describe(help.guards.answers),
  },
  history: { keepDays: z.int().min(0).max(36_500).default(90).describe(help.history.keepDays) },
  pipe: { connections: z.int().min(10).max(100_000).default(2000).describe(help.pipe.connections) },
  shortcuts: {
    quickSend: acceleratorSchema.default('CommandOrControl+Alt+N').describe(help.shortcuts.quickSend),
    stop: acceleratorSchema.default('CommandOrControl+Alt+.').describe(help.shortcuts.stop),
    calibrate: acceleratorSchema.default('CommandOrControl+Alt+C').describe(help.shortcuts.calibrate),
  },
}

const single = {
  readBy: z.enum(['tree', 'copy']).optional().describe(help.readBy),
  drafts: z.enum(['put-back', 'hold']).default('put-back').describe(help.drafts),
  startAtLogin: z.boolean().default(false).describe(help.startAtLogin),
  theme: z.enum(['system', 'light', 'dark']).default('system').describe(help.theme),
  logLevel: z.enum(['error', 'warn', 'info', 'debug']).default('info').describe(help.logLevel),
}

/** What a user can set; every field has a default or may be left out, so an empty object is a valid one. */
export const settingsSchema = z.object({
  presence: z.object(groups.presence).prefault({}),
  drafts: single.drafts,
  readBy: single.readBy,
  delivery: z.object(groups.delivery).prefault({}),
  lock: z.object(groups.lock).prefault({}),
  queue: z.object(groups.queue).prefault({}),
  guards: z.object(groups.guards).prefault({}),
  history: z.object(groups.history).prefault({}),
  pipe: z.object(groups.pipe).prefault({}),
  shortcuts: z.object(groups.shortcuts).prefault({}),
  startAtLogin: single.startAtLogin,
  theme: single.theme,
  logLevel: single.logLevel,
  profiles: profilesBy(ownProfileSchema).default({}).describe(help.profiles),
})

/** What holds when nobody sets anything. */
export const defaultSettings = settingsSchema.parse({})

export type Settings = z.output<typeof settingsSchema>
export type OwnProfile = z.output<typeof ownProfileSchema>

type Bare<F extends z.ZodType> = F extends z.ZodDefault<infer I> | z.ZodOptional<infer I> ? I : F
type Changeable<S extends Record<string, z.ZodType>> = {
  [K in keyof S]: z.ZodOptional<z.ZodNullable<Bare<S[K]>>>
}

/** The same fields for a change: one left out stays, null is back to its default. */
function changeable<S extends Record<string, z.ZodType>>(fields: S): Changeable<S> {
  const entries = Object.entries(fields).map(([name, field]) => {
    const bare = field instanceof z.ZodDefault || field instanceof z.ZodOptional ? field.unwrap() : field
    return [name, z.optional(z.nullable(bare)).describe(field.description ?? '')]
  })
  // The entries are those of `fields`, which fromEntries cannot know.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.fromEntries(entries) as Changeable<S>
}

const profileChange = z.strictObject(changeable(ownProfileSchema.shape)).nullable()

/** Some settings to change: what is left out stays, null is back to the default (a profile: forgotten). */
export const settingsChangesSchema = z.strictObject({
  presence: z.strictObject(changeable(groups.presence)).optional(),
  delivery: z.strictObject(changeable(groups.delivery)).optional(),
  lock: z.strictObject(changeable(groups.lock)).optional(),
  queue: z.strictObject(changeable(groups.queue)).optional(),
  guards: z.strictObject(changeable(groups.guards)).optional(),
  history: z.strictObject(changeable(groups.history)).optional(),
  pipe: z.strictObject(changeable(groups.pipe)).optional(),
  shortcuts: z.strictObject(changeable(groups.shortcuts)).optional(),
  ...changeable(single),
  profiles: profilesBy(profileChange).optional().describe(help.profiles),
})

export type SettingsChanges = z.output<typeof settingsChangesSchema>

/** What both settings operations answer. */
export const settingsResultSchema = z.object({
  settings: settingsSchema,
  defaults: settingsSchema.describe('what each field is when nobody sets it'),
  problems: z
    .array(z.string())
    .optional()
    .describe('what in settings.json could not be read, and what the system did not let a setting do'),
})
