import type { OperationName, ParsedParams, Result } from '../../contract/operations'
import { messageText } from '../../contract/text'
import { given } from '../given'
import type { Queue } from '../queue/queue'
import type { Roster } from '../roster/roster'
import { badParams } from './check-params'
import type { Caller } from './handlers'
import { newMessages, recipients } from './new-messages'
import { onboardingFile } from './onboarding-files'
import { onboardingText, ownOnboarding } from './onboarding-text'

interface OnboardingDeps {
  readonly queue: Queue
  readonly roster: Roster
  readonly about: { readonly home: string }
  /** Milliseconds since 1970. */
  now(): number
}

type Onboarding = ParsedParams<'agent.onboard'>

/** Tells agents who they are, who else is there, and how to write to them. */
export function onboardingHandlers(deps: OnboardingDeps) {
  return {
    'agent.onboard': async (params, caller) => {
      const sender = params.from ?? caller.defaultSender
      const texts = recipients(METHOD, params.to, sender, deps.roster).map(({ name }) =>
        textFor(name, params, deps),
      )
      if (params.dryRun) return { texts, messages: [] }
      const batch = texts.flatMap(({ to, text }) =>
        newMessages(METHOD, { to, text, ...AS_IT_IS }, { ...deps, sender }),
      )
      return { texts, messages: await deps.queue.send(batch) }
    },
  } satisfies Record<typeof METHOD, (params: Onboarding, caller: Caller) => Promise<Result<'agent.onboard'>>>
}

const METHOD = 'agent.onboard' satisfies OperationName
/** The whole text is its own, without the words around other messages. */
const AS_IT_IS = { priority: 'normal', submit: true, bare: true } as const

function textFor(to: string, { template }: Onboarding, { roster, about }: OnboardingDeps) {
  const { file, text } =
    template === undefined
      ? (onboardingFile(about.home, to) ?? { file: undefined, text: ownOnboarding })
      : { file: undefined, text: template }
  const checked = messageText.safeParse(onboardingText(text, to, roster.list()))
  if (checked.success) return { to, text: checked.data, ...given({ file }) }
  const message = checked.error.issues[0]?.message ?? 'is no text'
  throw badParams(METHOD, [
    { path: ['template'], message: `${file ?? 'the text'} cannot be sent: ${message}` },
  ])
}
