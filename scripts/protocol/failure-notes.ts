import type { FailureCode } from '../../src/contract/failure'

/** When a message, or an agent, has this code. */
export const failureNotes: Readonly<Record<FailureCode, string>> = {
  'not-calibrated':
    'waits: nobody has said where the agent’s input is, it is disabled, or there is no such agent any more',
  'profile-unfit': 'waits: somebody chose a profile that does not fit the terminal in its window',
  'window-missing': 'waits: no window, or several, are the agent’s',
  'focus-lost': 'waits: something stands before the input, or keeps the focus',
  'text-mismatch': 'tried again, then failed: the input did not hold the text alone before the submit key',
  'draft-present': 'waits: somebody’s text stands in the input',
  'user-active': 'waits: a person uses mouse or keyboard',
  'lock-timeout': 'waits: another program has the desktop',
  'lock-lost': 'tried again: another program took the desktop in the middle, before the submit key',
  'desktop-unavailable': 'waits: the screen is locked, a permission is missing, or there is no desktop',
  'submit-unconfirmed':
    'in doubt: the submit key was pressed, or may have been, and the text was not seen to leave',
  internal: 'tried again, then failed: a fault of Waggle’s own',
  'agent-busy': 'waits: the agent does not take Enter now',
  'agent-asks': 'waits: a question or a dialog is open',
  'agent-starting': 'waits: the agent is not ready yet',
  'agent-ended': 'waits: another program reads its terminal, or none',
  unreadable: 'waits: there are no means to look into the input',
  'not-accepted': 'failed: the program made something else of the text; `message` says what stands there',
  'earlier-paste': 'waits: a text of ours that was not seen gone may stand there',
  'keys-unsafe':
    'waits: a modifier is held, the keyboard is grabbed or filtered, the layout lacks a key, or (Windows) the agent runs as administrator',
  held: 'waits: a guard holds it; queue.resume lets it go, message.cancel takes it back',
  paused: 'waits: its agent, or the whole queue, is paused',
  'text-held':
    'waits: the agent would take the text for a command (/, !, #), unless agent.set `prefixes` says otherwise; or it shows nothing, and nobody would see it arrive',
}
