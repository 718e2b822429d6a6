import { z } from 'zod'

const modifiers = new Set(
  'Command Cmd Control Ctrl CommandOrControl CmdOrCtrl Alt Option AltGr Shift Super Meta'.split(' '),
)
const named =
  /^(?:F(?:[1-9]|1\d|2[0-4])|Plus|Space|Tab|Backspace|Delete|Insert|Return|Enter|Up|Down|Left|Right|Home|End|PageUp|PageDown|Escape|Esc|PrintScreen|num\d|numadd|numsub|numdec|nummult|numdiv)$/
const single = /^[A-Za-z0-9!-*,-/:-@[-`{-~]$/

/** What is wrong with a shortcut as Electron writes it ("CommandOrControl+Alt+N"); undefined when nothing is. '' is none. */
export function shortcutTrouble(shortcut: string): string | undefined {
  if (shortcut === '') return undefined
  const parts = shortcut.split('+')
  const key = parts.pop() ?? ''
  const unknown = parts.find((part) => !modifiers.has(part))
  if (unknown !== undefined) return `"${unknown}" is no modifier key`
  if (new Set(parts).size < parts.length) return 'names a modifier key twice'
  if (!named.test(key) && !single.test(key)) return `"${key}" is no key that a shortcut can end with`
  const isFunctionKey = /^F\d+$/.test(key)
  // A plain letter as a global shortcut would be taken from every program on the desktop.
  if (!isFunctionKey && parts.every((part) => part === 'Shift')) {
    return 'needs Ctrl, Alt or Cmd with the key, or a function key'
  }
  return undefined
}

/** A global shortcut in Electron's words, '' for none. */
export const acceleratorSchema = z.string().superRefine((shortcut, context) => {
  const message = shortcutTrouble(shortcut)
  if (message !== undefined) context.addIssue({ code: 'custom', message })
})
