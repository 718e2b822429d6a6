/** Who works on this desktop: agents in their windows, and programs that write to them. */
export const agentNames = ['Planner', 'Backend', 'Frontend', 'Tests', 'Review', 'Docs'] as const
export const senders = ['Planner', 'Backend', 'Review', 'ci', 'build-bot', 'you'] as const

export const sentences: readonly string[] = [
  'The parser branch is green. Please rebase and take over the lexer tests.',
  'Interface frozen, see docs/protocol.md. Build against it from now on.',
  'Tests 214 to 260 are yours today.',
  'Review requested: delivery timing, 3 files, about 200 lines.',
  'Stop what you are doing and read the note in shared/today.md.',
  'Build 1846 is green in 4 min 12 s.',
  'Build 1847 is red: test/queue/order fails on Node 20.\nThe log is in build/1847.txt, the first error in line 212.',
  'Which of the two schemas do we keep? I need it before I write the migration.',
  'Merged. The feature flag is off until the docs are in.',
  'Please write down how the retry works; two people asked today.',
  'The end-to-end suite takes 9 min. Find the three slowest and halve them.',
  'Thanks, that was it. Closing the issue.',
  'Rename done in 14 files, no behaviour changed. Ready for review.',
  'The empty list crashes the import. A failing test is on the branch.',
  'I keep the database lock until 14:00; schedule the migration after it.',
  'Nobody needs to answer this one: nightly run passed, 1,284 tests.',
  'Could you look at the accessibility report? Two contrasts are under 4.5.',
  'Dependency update: 3 minor, 1 major. The major one needs your eyes.',
]

/** What is being delivered when the queue is shown. */
export const urgentMessage = {
  from: 'you',
  to: 'Backend',
  text: 'Stop the import: the customer list is the wrong one. Details in shared/today.md',
  priority: 'urgent',
} as const

/** What waits when the queue is shown, oldest first. */
export const waitingMessages: readonly (readonly [
  from: string,
  to: string,
  text: string,
  priority: 'urgent' | 'normal' | 'low',
])[] = [
  ['Planner', 'Tests', 'Tests 261 to 300 are yours today. Begin with the ones marked flaky.', 'normal'],
  ['ci', 'Review', 'Build 1850 is green in 4 min 3 s.', 'normal'],
  [
    'Review',
    'Backend',
    'Two remarks on the retry: the pause should grow, and the last error should be kept.',
    'normal',
  ],
  [
    'build-bot',
    'Docs',
    'Protocol page regenerated, 3 operations are new. Please check the wording.',
    'normal',
  ],
  [
    'Planner',
    'Frontend',
    'The settings page comes next. The schema is in src/contract/settings.ts',
    'normal',
  ],
  ['ci', 'Frontend', 'Build 1850: bundle size is up by 11 kB. Was that meant to be?', 'normal'],
  ['Backend', 'Docs', 'The retry is done. Could you write the paragraph about it?', 'normal'],
  ['Review', 'Tests', 'Please add a case for an empty recipient list; it slipped through.', 'normal'],
  ['Planner', 'Planner', 'Summary of the morning: what is done, what is blocked, who waits for whom.', 'low'],
  ['build-bot', 'Backend', 'Nightly benchmark: 71 ms a message at the median, was 74.', 'low'],
]

/** An exchange of this hour: each answers the one before, but where another is named. */
export const exchange: readonly (readonly [from: string, to: string, text: string, answers?: number])[] = [
  ['Planner', 'Backend', 'Which of the two schemas do we keep? I need it before I write the migration.'],
  [
    'Backend',
    'Planner',
    'The flat one. The nested one cannot be indexed.\nWhat becomes of the rows that are there already?',
  ],
  ['Planner', 'Backend', 'They are copied over at night, table by table. Is 02:00 all right?'],
  ['Backend', 'Planner', '02:00 is fine. I stop the import ten minutes before.'],
  ['Review', 'Planner', 'From my side, too: please leave the old table for a week.', 1],
]

/** A question of the person's own to several, and the answers that have come. */
export const question = {
  text: 'Can the feature flag go on today? Say what you still need.',
  to: ['Backend', 'Review', 'Tests'],
  answers: [
    ['Backend', 'Yes. The migration is through, nothing is open.'],
    ['Tests', 'Yes, all 1,284 are green since 11:40.'],
  ],
} as const

/** What lies in the inbox of an agent that has no window. */
export const inboxMessages: readonly (readonly [from: string, text: string])[] = [
  ['ci', 'Build 1850 is green in 4 min 3 s.'],
  ['Planner', 'Please write down what changed since the last release, in five lines.'],
  ['Review', 'The release notes may name the new import; it is merged.'],
]
