export const doctorTexts = {
  title: 'What deliveries need',
  again: 'Check again',
  checking: 'Looking…',
  allWell: 'All that deliveries need is there.',
  failed: (why: string) => `The check itself failed: ${why}`,
  states: { true: 'in order', warning: 'could be better', false: 'in the way' },
  fixes: { 'desktop.permit': 'Open System Settings' },
  summary: (bad: number) => (bad === 1 ? '1 thing is in the way' : `${bad} things are in the way`),
} as const

/** The one question about the accessibility tree, and how it was answered. */
export const treeTexts = {
  title: 'How inputs are read',
  question:
    'Let Waggle read your agents’ inputs by the accessibility tree? It sees exactly what stands there, presses no key, and is faster. Programs started before must be restarted once.',
  yes: 'Read by the tree',
  no: 'Keep copying',
  on: 'Inputs are read by the accessibility tree.',
  restart: 'Restart once the programs that your agents run in: those started from now on show their inputs.',
  undo: 'Switch off',
  off: 'Inputs are read by copying, as you chose. That is slower.',
  redo: 'Read by the tree',
  foreign:
    'Inputs are read by the accessibility tree, which another program of this desktop has switched on.',
  failed:
    'The accessibility tree could not be switched on, so inputs are read by copying. The package at-spi2-core brings it; log in anew after installing it.',
  retry: 'Try again',
} as const
