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
