/** Programs that keep what was copied, or copy it from one selection to the other. */
export const clipboardManagers: readonly {
  readonly name: string
  readonly commands: readonly (readonly [string, ...string[]])[]
}[] = [
  { name: 'none', commands: [] },
  { name: 'parcellite', commands: [['parcellite', '-n']] },
  { name: 'clipit', commands: [['clipit']] },
  { name: 'copyq', commands: [['copyq']] },
  { name: 'clipman', commands: [['xfce4-clipman']] },
  { name: 'autocutsel', commands: [['autocutsel']] },
  { name: 'autocutsel, primary', commands: [['autocutsel', '-selection', 'PRIMARY']] },
  { name: 'autocutsel, both', commands: [['autocutsel'], ['autocutsel', '-selection', 'PRIMARY']] },
]
