/** Programs that keep what was copied, or copy it from one selection to the other. */
export const clipboardManagers: readonly {
  readonly name: string
  readonly commands: readonly (readonly [string, ...string[]])[]
}[] = [
  { name: 'none', commands: [] },
  { name: 'parcellite', commands: [['parcellite', '-n']] },
  // Debian's clipit is no more than a word that it is gone, and this its successor.
  { name: 'diodon', commands: [['diodon']] },
  { name: 'copyq', commands: [['copyq']] },
  { name: 'clipman', commands: [['xfce4-clipman']] },
  { name: 'autocutsel', commands: [['autocutsel']] },
  { name: 'autocutsel, primary', commands: [['autocutsel', '-selection', 'PRIMARY']] },
  { name: 'autocutsel, both', commands: [['autocutsel'], ['autocutsel', '-selection', 'PRIMARY']] },
]
