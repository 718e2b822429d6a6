import { assertNever } from '../contract/errors'
import { PERSON } from '../contract/person'
import type { DeliveryStep, Message } from '../contract/message'
import { failureWords } from './texts/failures'
import { chartTexts, historyTexts } from './texts/history'
import { actionTexts, queueTexts } from './texts/queue'
import { shortcutTexts } from './texts/shortcuts'

export { failureWords, remedies } from './texts/failures'

/** Every text of the window, in one place. */
export const texts = {
  views: { queue: 'Queue', agents: 'Agents', history: 'History', settings: 'Settings' },
  answersToYou: (count: number) => (count === 1 ? '1 answer' : `${count.toLocaleString('en')} answers`),
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
    needYou: (count: number) => (count === 1 ? '1 message needs you' : `${count} messages need you`),
  },
  desktop: {
    ours: 'Waggle has the desktop',
    free: 'The desktop is free',
    foreign: (pid: number | undefined, reason: string) =>
      pid === undefined ? `Desktop held: ${reason}` : `Desktop held by process ${pid}: ${reason}`,
  },
  noTray: 'This desktop shows no tray icons. Once this window is closed, start Waggle again to see it.',
  close: 'Close',
  pauseMenu: {
    open: 'Pause one agent',
    title: 'Pause one agent',
    paused: 'paused',
    stopNow: 'Pause and stop the delivery under way',
  },
  throughput: (count: number) => `${count.toLocaleString('en')} a minute`,
  throughputTitle: 'Delivered over the last five minutes',
  trouble: (why: string) => `Waggle’s state could not be read: ${why}`,
  queue: queueTexts,
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
  history: historyTexts,
  charts: chartTexts,
  shortcuts: shortcutTexts,
  detail: {
    title: 'Message',
    body: 'Text and attempts',
    attempt: (number: number) => `Attempt ${number}`,
    running: 'running',
    left: 'Some of its text may still stand in the agent’s input.',
    handedIn: 'handed in',
    ended: 'ended',
    waited: 'waited',
    expires: 'expires',
    priority: 'priority',
    submit: 'submit',
    notSubmitted: 'pasted, not submitted',
    key: 'key',
    id: 'id',
    exchange: 'Exchange',
    answersYou: 'answers you',
    asked: 'Who has answered',
    sentTo: (count: number) => `Sent to ${count} in one go`,
    answered: (count: number, of: number) =>
      count === 0 ? 'no answer yet' : count === of ? 'all have answered' : `${count} of ${of} have answered`,
    noAnswer: 'no answer',
    fromTo: (from: string, to: string) => `${from} → ${to}`,
    typedAs: 'typed as:',
  },
  actions: actionTexts,
  agents: {
    count: (count: number) => (count === 1 ? '1 agent' : `${count} agents`),
    needYou: (count: number) => (count === 1 ? '1 needs you' : `${count} need you`),
    empty: 'No agents yet.',
    emptyHint: 'An agent is a name and the input to type into. Pointing at it is enough.',
    addFirst: 'Add your first agent',
    point: (x: number, y: number) => `at ${x}, ${y}`,
    tmux: (product = 'an agent', pane = '?') => `${product} in tmux ${pane}`,
    terminal: (product = 'an agent') => `${product} in its terminal`,
    command: (command = '?') => `by its command: ${command}`,
    second: (first: string, second: string) => `${first}, else ${second}`,
    pattern: (pattern: string) => `window matches ${pattern}`,
    off: 'switched off',
    noTarget: 'no target set',
    ready: 'ready',
    paused: 'paused',
    waiting: (count: number) => `${count} waiting`,
    inbox: 'takes its messages itself',
    inInbox: (count: number) => `${count} in its inbox`,
  },
} as const

/** What each step does, as the person at the desk would say it. */
export const stepWords: Readonly<Record<DeliveryStep | 'desk-free', string>> = {
  'desk-free': 'Desk free',
  turn: 'Turn',
  window: 'Window',
  focus: 'Focus',
  paste: 'Paste',
  'read-back': 'Read back',
  submit: 'Submit',
  'seen-empty': 'Emptied',
  'draft-back': 'Draft back',
}

/** How a message stands, in words: state, then how that is known or why. */
export function stateWords({
  state,
  proof,
  failure,
  submit,
  inbox,
  to,
}: Pick<Message, 'state' | 'proof' | 'failure' | 'submit' | 'inbox' | 'to'>): string {
  switch (state) {
    case 'queued':
      if (inbox) return to === PERSON ? 'not read yet' : 'in the inbox'
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

const proofNames: Readonly<Record<NonNullable<Message['proof']>, string>> = {
  'read-back': 'read back',
  prompt: 'seen in its prompt',
  accepted: 'accepted',
  taken: 'taken',
  window: 'window seen',
}

function proofWords(proof: Message['proof']): string {
  if (proof === null) return ''
  return `, ${proofNames[proof]}`
}
