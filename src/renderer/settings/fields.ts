import { settingsHelp } from '../../contract/settings-help'
import { settingsTexts as texts } from '../texts/settings'

/** Names a setting: the group and the field in it, or the field alone. */
export type FieldPath = keyof typeof texts.labels
type Group = Exclude<keyof typeof texts.groups, 'profiles'>

export type Control =
  | { readonly kind: 'number'; readonly unit?: string; readonly empty?: string }
  | { readonly kind: 'text'; readonly empty: string }
  | { readonly kind: 'choice'; readonly values: readonly (keyof typeof texts.choices)[] }
  | { readonly kind: 'switch' }
  | { readonly kind: 'shortcut' }

export interface Field {
  readonly path: FieldPath
  readonly control: Control
}

const ms = { kind: 'number', unit: texts.units.ms } as const
const count = { kind: 'number' } as const
const shortcut = { kind: 'shortcut' } as const

/** Every setting but the profiles, in the order in which people look for them. */
export const fieldGroups: readonly { readonly group: Group; readonly fields: readonly Field[] }[] = [
  {
    group: 'desk',
    fields: [
      { path: 'presence.idleMs', control: ms },
      { path: 'presence.urgentIdleMs', control: ms },
      { path: 'presence.giveUpMs', control: { ...ms, empty: texts.never } },
      { path: 'drafts', control: { kind: 'choice', values: ['put-back', 'hold'] } },
      { path: 'readBy', control: { kind: 'choice', values: ['tree', 'copy'] } },
    ],
  },
  {
    group: 'messages',
    fields: [
      { path: 'delivery.attempts', control: count },
      { path: 'delivery.retryMs', control: ms },
      { path: 'queue.limit', control: count },
      { path: 'guards.perMinute', control: count },
      { path: 'guards.answers', control: count },
      { path: 'history.keepDays', control: { kind: 'number', unit: texts.units.days } },
    ],
  },
  {
    group: 'shortcuts',
    fields: [
      { path: 'shortcuts.quickSend', control: shortcut },
      { path: 'shortcuts.stop', control: shortcut },
      { path: 'shortcuts.calibrate', control: shortcut },
    ],
  },
  {
    group: 'app',
    fields: [
      { path: 'theme', control: { kind: 'choice', values: ['system', 'light', 'dark'] } },
      { path: 'startAtLogin', control: { kind: 'switch' } },
      { path: 'pipe.connections', control: count },
      { path: 'logLevel', control: { kind: 'choice', values: ['error', 'warn', 'info', 'debug'] } },
    ],
  },
  {
    group: 'lock',
    fields: [
      { path: 'lock.path', control: { kind: 'text', empty: texts.automatic } },
      { path: 'lock.timeoutMs', control: ms },
      { path: 'lock.retryMs', control: ms },
      { path: 'lock.retryFactor', control: { kind: 'number', unit: texts.units.times } },
      { path: 'lock.retryMaxMs', control: ms },
    ],
  },
]

/** The line of help that the contract has for this setting. */
export function helpFor(path: FieldPath): string {
  return String(valueAt(settingsHelp, path))
}

/** What stands at a path of objects; undefined when something on the way is missing. */
export function valueAt(root: object, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  }, root)
}

/** An object that has this value at this path and nothing else. */
export function withValueAt(path: string, value: unknown): Record<string, unknown> {
  const [first = '', ...rest] = path.split('.')
  return { [first]: rest.length === 0 ? value : withValueAt(rest.join('.'), value) }
}
