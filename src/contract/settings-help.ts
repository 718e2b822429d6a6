/** Stands in a problem of settings.json that cost something: the damaged file was put aside. */
export const KEPT_ASIDE = 'is kept as'

/** One line of help for every setting (those named …Ms are in milliseconds), said once: the documents and the settings view both read it. No zod here, so pages may. */
export const settingsHelp = {
  presence: {
    idleMs: 'How long nobody may have touched mouse or keyboard before a message is typed.',
    urgentIdleMs: 'The same for urgent messages; shorter, but never nothing.',
    giveUpMs:
      'A message that waited this long for you to pause fails. Left out, it waits as long as it takes.',
  },
  drafts:
    'What happens to text you left in an agent’s input: it is put back after the message, or the message waits until it is gone.',
  readBy:
    'By the accessibility tree, Waggle sees exactly what stands in an agent’s input, and presses no key for it. By copying it selects and copies, which is slower.',
  delivery: {
    attempts: 'How often a message is tried before it fails.',
    retryMs: 'The pause after the first failed attempt; it doubles each time.',
  },
  lock: {
    path: 'The file that programs sharing this desktop lock. Without it, one per user and display; the variable WAGGLE_LOCK wins.',
    retryMs: 'The first pause between two tries for the lock.',
    retryFactor: 'By how much each pause is longer than the one before.',
    retryMaxMs: 'The longest pause between two tries.',
    timeoutMs: 'How long to try for the lock before saying who holds it; then it is tried anew.',
  },
  queue: { limit: 'How many messages may wait at once; further ones are refused until some have gone.' },
  guards: {
    perMinute:
      'More messages than this from one agent within a minute are held until you let them go; 0 holds none.',
    answers:
      'More answers than this in one exchange within ten minutes, and the rest is held: two agents may be answering each other for ever. 0 holds none.',
  },
  history: {
    keepDays:
      'After how many days what has ended leaves the history for good; 0 keeps it for ever. What waits, is in doubt or belongs to a running exchange stays.',
  },
  pipe: {
    connections:
      'How many programs may be connected at once; beyond that the one that was silent longest is let go.',
  },
  shortcuts: {
    quickSend: 'Opens the small window for a quick message, from anywhere.',
    stop: 'Stops the running delivery safely and pauses, from anywhere.',
    calibrate: 'Takes the point under the mouse while an agent is being set up by pointing.',
  },
  startAtLogin: 'Starts Waggle in the tray when you log in.',
  theme: 'Light, dark, or as the system has it.',
  logLevel: 'How much is written to the log; the variable WAGGLE_LOG wins.',
  profiles: 'Your own ways of typing into a kind of window, each built on chat, terminal or editor.',
  profile: {
    base: 'The profile it is built on; what is not set here is taken from there.',
    paste: 'The keys that paste.',
    submit: 'The key that sends; none leaves the text in the input.',
    newlines: 'Whether line breaks are pasted as they are or as spaces.',
    readBack: 'Whether the text is read back out of the input and compared before it is sent.',
    clear: 'How the input is emptied: by selecting all, or not at all.',
  },
} as const
