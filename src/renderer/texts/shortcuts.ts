/** Every key and what it does, by where it works: the overlay shows them all, buttons take theirs from here. */
export const keys = { pause: 'P', write: 'N', search: '/', help: '?', send: '⏎', leave: 'Esc' } as const

export interface Shortcut {
  readonly keys: readonly string[]
  readonly does: string
}

export const shortcutTexts = {
  title: 'Keyboard',
  open: 'Shortcuts',
  groups: [
    {
      title: 'Anywhere',
      shortcuts: [
        { keys: [keys.write], does: 'Write a message' },
        { keys: [keys.search], does: 'Search the history' },
        { keys: [keys.pause], does: 'Pause or resume' },
        { keys: ['1', '2', '…'], does: 'Go to a view' },
        { keys: ['Ctrl', ','], does: 'Settings' },
        { keys: [keys.help], does: 'Show this' },
      ],
    },
    {
      title: 'In a list',
      shortcuts: [
        { keys: ['↑', '↓'], does: 'Walk through the rows' },
        { keys: ['Page ↑', 'Page ↓'], does: 'Walk by pages' },
        { keys: ['Home', 'End'], does: 'First and last row' },
        { keys: ['⏎'], does: 'Open or close the row' },
        { keys: ['Esc'], does: 'Step back' },
        { keys: ['A'], does: 'Add an agent, under Agents' },
      ],
    },
    {
      title: 'Several at once',
      shortcuts: [
        { keys: ['Space'], does: 'Select the row' },
        { keys: ['Shift', '↑ ↓'], does: 'Select a range' },
        { keys: ['Ctrl', 'A'], does: 'Select all that wait' },
        { keys: ['Del'], does: 'Cancel what is selected' },
        { keys: ['U'], does: 'Make it urgent' },
      ],
    },
    {
      title: 'While writing',
      shortcuts: [
        { keys: [keys.send], does: 'Send' },
        { keys: ['Shift', '⏎'], does: 'A new line' },
        { keys: [keys.leave], does: 'Leave the field' },
      ],
    },
  ],
} as const satisfies {
  readonly groups: readonly { readonly title: string; readonly shortcuts: readonly Shortcut[] }[]
  readonly title: string
  readonly open: string
}
