import { assertNever } from '../contract/errors'
import type { FailureCode } from '../contract/failure'
import type { DeliveryStep, Message } from '../contract/message'

/** Every text of the window, in one place. */
export const texts = {
  views: { queue: 'Queue', agents: 'Agents', history: 'History', settings: 'Settings' },
  header: {
    pause: 'Pause',
    resume: 'Resume',
    delivering: (to: string) => `Delivering to ${to}`,
    paused: 'Paused',
    pausedAgents: (names: string) => `Paused for ${names}`,
    otherProgram: 'Another program has the desktop',
    waiting: (count: number) =>
      count === 1 ? '1 message waits' : `${count.toLocaleString('en')} messages wait`,
    idle: 'Nothing waits',
  },
  desktop: {
    ours: 'Waggle has the desktop',
    free: 'The desktop is free',
    foreign: (pid: number | undefined, reason: string) =>
      pid === undefined ? `Desktop held: ${reason}` : `Desktop held by process ${pid}: ${reason}`,
  },
  noTray: 'This desktop shows no tray icons. Once this window is closed, start Waggle again to see it.',
  close: 'Close',
  trouble: (why: string) => `Waggle’s state could not be read: ${why}`,
  queue: {
    now: 'Now',
    next: 'Next',
    needsYou: 'Needs you',
    idle: 'Nothing is being delivered.',
    idlePaused: 'Paused. Messages are kept and go out when you resume.',
    empty: 'No message waits.',
    emptyHint: 'Write one below, or send one from a script:',
    emptyExample: (agent: string) => `waggle send --agent ${agent} --message "Hello"`,
    more: (count: number) => `${count.toLocaleString('en')} more wait behind these.`,
    from: (name: string) => `from ${name}`,
    urgent: 'urgent',
    low: 'low',
    agentPaused: 'paused',
  },
  compose: {
    placeholder: 'Write a message…',
    label: 'Message',
    send: 'Enter sends',
    chooseAgent: 'Choose agents',
    everyone: 'Everyone',
    noMatch: 'No agent has this name.',
    filter: 'Find an agent',
    plus: (first: string, more: number) => `${first} +${more}`,
    short: 'Write',
  },
  quickSend: {
    title: 'Write a message',
    noAgents: 'No agents yet: add one in Waggle.',
    newline: 'Shift+Enter begins a new line',
    several: 'Ctrl+Enter chooses several',
    close: 'Close',
    priority: 'Priority',
    priorities: { urgent: 'Urgent', normal: 'Normal', low: 'Low' },
    paused: 'waiting: the queue is paused',
    waiting: (why: string) => `waiting: ${why}`,
    arrived: (count: number, all: number) => `${count} of ${all} delivered`,
    one: (to: string, words: string) => `${to}: ${words}`,
  },
  history: {
    search: 'Search',
    searchLabel: 'Search the texts of all messages',
    empty: 'Nothing has been delivered yet.',
    emptyHint: 'Every message is kept here with how it went.',
    noMatch: (text: string) => `No message contains “${text}”.`,
    today: 'Today',
    yesterday: 'Yesterday',
    tries: (count: number) => (count === 1 ? '1 try' : `${count} tries`),
    failedToLoad: (why: string) => `The history could not be read: ${why}`,
  },
  detail: {
    attempt: (number: number) => `Attempt ${number}`,
    noAttempt: 'Not tried yet.',
    running: 'running',
    sentAt: (time: string) => `handed in ${time}`,
    notSubmitted: 'pasted, not submitted',
    expires: (time: string) => `expires ${time}`,
  },
  actions: {
    cancel: 'Cancel',
    again: 'Send again',
    arrived: 'It arrived',
    notArrived: 'It did not arrive',
    doubtHelp: 'Look into the agent’s window, then say what you see. “Send again” types it once more.',
  },
  agents: {
    count: (count: number) => (count === 1 ? '1 agent' : `${count} agents`),
    needYou: (count: number) => (count === 1 ? '1 needs you' : `${count} need you`),
    empty: 'No agents yet.',
    emptyHint:
      'An agent is a name and the input to type into. Add the first one under Agents, by pointing at it, or:',
    addExample: 'waggle agents point Agent-1',
    point: (x: number, y: number) => `at ${x}, ${y}`,
    pattern: (pattern: string) => `window matches ${pattern}`,
    off: 'switched off',
    noTarget: 'no target set',
    ready: 'ready',
    paused: 'paused',
    waiting: (count: number) => `${count} waiting`,
  },
} as const

/** What each step does, as the person at the desk would say it. */
export const stepWords: Readonly<Record<DeliveryStep, string>> = {
  turn: 'Turn',
  window: 'Window',
  focus: 'Focus',
  paste: 'Paste',
  'read-back': 'Read back',
  submit: 'Submit',
  'seen-empty': 'Seen empty',
  'draft-back': 'Draft back',
}

/** Why a message waits or failed, short enough for a row. */
export const failureWords: Readonly<Record<FailureCode, string>> = {
  'not-calibrated': 'no target set',
  'window-missing': 'window not found',
  'focus-lost': 'the window lost the focus',
  'text-mismatch': 'the text did not match',
  'draft-present': 'a draft is in the input',
  'user-active': 'you are using the desktop',
  'lock-timeout': 'another program kept the desktop',
  'lock-lost': 'another program took the desktop',
  'desktop-unavailable': 'the desktop cannot be used',
  'submit-unconfirmed': 'submit was not seen to work',
  internal: 'a fault in Waggle',
}

/** How a message stands, in words: state, then how that is known or why. */
export function stateWords({ state, proof, failure, submit }: Message): string {
  switch (state) {
    case 'queued':
      return failure ? `waiting: ${failureWords[failure.code]}` : 'waiting'
    case 'delivering':
      return 'delivering'
    case 'delivered':
      return `${submit ? 'delivered' : 'pasted'}${proofWords(proof)}`
    case 'failed':
      return failure ? `failed: ${failureWords[failure.code]}` : 'failed'
    case 'in-doubt':
      return 'may have been sent: you decide'
    case 'cancelled':
      return 'cancelled'
    case 'expired':
      return 'expired'
    default:
      return assertNever(state)
  }
}

function proofWords(proof: Message['proof']): string {
  if (proof === null) return ''
  return proof === 'read-back' ? ', read back' : ', window seen'
}
