import type { FailureCode } from '../../contract/failure'

/** Why a message waits or failed, short enough for a row. */
export const failureWords: Readonly<Record<FailureCode, string>> = {
  'not-calibrated': 'no target set',
  'profile-unfit': 'its profile does not fit its window',
  'window-missing': 'window not found',
  'focus-lost': 'its input cannot be reached',
  'text-mismatch': 'the text did not match',
  'draft-present': 'a draft is in the input',
  'user-active': 'you are using the desktop',
  'lock-timeout': 'another program kept the desktop',
  'lock-lost': 'another program took the desktop',
  'desktop-unavailable': 'the desktop cannot be used',
  'submit-unconfirmed': 'submit was not seen to work',
  internal: 'a fault in Waggle',
  'agent-busy': 'the agent is busy',
  'agent-asks': 'the agent asks something',
  'agent-starting': 'the agent is starting',
  'agent-ended': 'the agent has ended',
  unreadable: 'its input cannot be read',
  'not-accepted': 'the agent made something else of it',
  'earlier-paste': 'an earlier text may stand there',
  'keys-unsafe': 'keys cannot be trusted now',
  held: 'held: too many, too fast',
  paused: 'paused',
  'text-held': 'the agent would not take it for a message',
}

/** What a person can do about it, in a sentence. */
export const remedies: Readonly<Record<FailureCode, string>> = {
  'not-calibrated':
    'Show Waggle where the agent’s input is, under Agents. Its messages then go by themselves.',
  'profile-unfit': 'Give it a profile that fits its window under Agents; the message then goes by itself.',
  'window-missing': 'Open the agent’s window, or point at it again under Agents if its title has changed.',
  'focus-lost':
    'Answer or close what stands before the agent’s input; the message then goes by itself. If nothing does, point at the input again under Agents.',
  'text-mismatch':
    'Look whether the agent’s input changes what is pasted; a profile without read-back may suit it. Then send it again.',
  'draft-present': 'Send or clear the draft in the agent’s input; the message then goes by itself.',
  'user-active': 'Nothing to do: it goes once you have let go of mouse and keyboard.',
  'lock-timeout': 'Nothing to do: it goes once the other program has let go of the desktop.',
  'lock-lost': 'Nothing was submitted. Send it again once the other program is done.',
  'desktop-unavailable':
    'Unlock the screen. If it is not locked, the checks under Settings say what is missing.',
  'submit-unconfirmed': 'Look into the agent’s window, then say what you see.',
  internal: 'Send it again. If it fails once more, Waggle’s log says why.',
  'agent-busy': 'Nothing to do: it goes once the agent takes messages again.',
  'agent-asks': 'Answer the agent’s question where it runs; the message then goes by itself.',
  'agent-starting': 'Nothing to do: it goes once the agent is ready.',
  'agent-ended': 'Start the agent again where it ran; the message then goes by itself.',
  unreadable:
    'Test the agent under Agents: the test says why its input cannot be read, and the one thing to do about it.',
  'not-accepted':
    'Look into the agent’s window and take out what stands there; then send it again, in other words if the program alters these.',
  'earlier-paste':
    'Look into the agent’s window: send or take out the text that stands there, and settle its message.',
  'text-held':
    'Cancel it; texts that begin like a command can be let go: waggle agents set NAME --prefixes send.',
  'keys-unsafe': 'Let go of every key; the checks under Settings say what else changes Waggle’s keys.',
  held: 'Resume it where it is held if it means to, or cancel what waits.',
  paused: 'Resume, and the message goes.',
}
