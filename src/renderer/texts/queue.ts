import { visible } from '../../contract/visible'
const many = (count: number) => count.toLocaleString('en')

export const queueTexts = {
  now: 'Now',
  next: 'Next',
  needsYou: 'Needs you',
  answers: 'Answers to you',
  markRead: (count: number) => (count === 1 ? 'Mark as read' : 'Mark all as read'),
  heldBy: (count: number, why: string) =>
    `${count === 1 ? '1 message is' : `${many(count)} messages are`} held. ${why}`,
  letGo: 'Let them go',
  idle: 'Nothing is being delivered.',
  idlePaused: 'Paused. Messages are kept and go out when you resume.',
  waitingForYou: 'It goes once you let go of mouse and keyboard.',
  empty: 'No message waits.',
  emptyHint: 'Write one below, or send one from a script:',
  emptyExample: (agent: string) => `waggle send --agent ${agent} --message "Hello"`,
  from: (name: string) => `from ${visible(name)}`,
  urgent: 'urgent',
  low: 'low',
  agentPaused: 'paused',
  count: (total: number) => many(total),
  held: (held: number) => (held === 1 ? '1 is held' : `${many(held)} are held`),
  failedToLoad: (why: string) => `The line could not be read: ${why}`,
  showAll: (count: number) => `Show all ${many(count)}`,
  showFewer: 'Show fewer',
  selected: (count: number) => `${many(count)} selected`,
  allSelected: 'Esc leaves the selection',
  someRefused: (failed: number, of: number, why: string) =>
    of === 1 ? why : `${many(failed)} of ${many(of)} could not be changed: ${why}`,
} as const

export const actionTexts = {
  cancel: 'Cancel',
  urgent: 'Make urgent',
  normal: 'Make normal',
  again: 'Send again',
  arrived: 'It arrived',
  notArrived: 'It did not arrive',
  dismiss: 'Dismiss',
  reply: 'Reply',
  replyTo: (name: string) => `Reply to ${name}: Enter sends, Esc closes`,
  copy: 'Copy text',
  copied: 'Copied',
  doubtHelp: 'Look into the agent’s window, then say what you see.',
  arrivedHelp: 'It arrived: kept as delivered, and nothing is typed.',
  notArrivedHelp: 'It did not arrive: kept as failed, and nothing is typed until you send it again.',
  againHelp: 'Send again: it is typed once more. If it did arrive, the agent gets it twice.',
} as const
