import { z } from 'zod'
import { agentTestOperation } from './agent-test'
import {
  agentSchema,
  listedAgentSchema,
  pointSchema,
  prefixesSchema,
  tmuxPane,
  wayNames,
  windowPattern,
} from './agent'
import { commandSchema } from './command'
import { agentImportParams, agentImportResult } from './agent-import'
import { desktopOperations } from './desktop-operations'
import { doctorOperations } from './doctor'
import { exchangeOperations } from './exchange-operations'
import { failureSchema } from './failure'
import { leaseOperations } from './lease-operations'
import { messageDetailSchema, messageSchema, prioritySchema, stepSchema } from './message'
import { messageListParams, messageListResult } from './message-list'
import { settingsOperations } from './settings-operations'
import { statsHistoryParams, statsHistoryResult, statsParams, statsResult } from './stats'
import { onboardingOperations } from './onboarding'
import { pointingOperations } from './pointing'
import { recipients, sendingFields } from './sending'
import { partyName } from './text'
import { tmuxOperations } from './tmux-operations'
import { wordsSchema } from './words'
import { wrapOperations } from './wrap-operations'

/** One operation, as every door serves it. `params` refuses what it does not know, so a typo is no silent default. */
export interface Operation {
  readonly summary: string
  readonly params: z.ZodType
  readonly result: z.ZodType
}

const id = z.strictObject({ id: z.uuid() })
const agentParam = z.strictObject({
  agent: partyName.optional().describe('only this agent; without it, all'),
})
const agentsResult = z.object({ agents: z.array(listedAgentSchema) })

export const holderSchema = z.object({
  pid: z.int().optional(),
  since: z.iso.datetime(),
  reason: z.string(),
})

/** Messages that a guard holds until somebody lets them go. */
export const heldMessagesSchema = z.object({
  from: partyName,
  to: partyName.optional().describe('where two answer each other for ever: the other one'),
  since: z.iso.datetime(),
  count: z.int(),
  failure: failureSchema,
})

export const queueStatusSchema = z.object({
  paused: z.boolean().describe('true while the whole queue is paused'),
  depth: z.int().describe('messages waiting for their turn'),
  delivering: z
    .object({
      id: z.uuid(),
      to: partyName,
      from: partyName,
      step: stepSchema,
      since: z.iso.datetime(),
      desktop: z.boolean().optional().describe('true: it has the desktop'),
    })
    .optional()
    .describe(
      'the message that has the desktop, else the oldest of those under way: message.list has them all',
    ),
  perAgent: z.record(
    partyName,
    z.object({ depth: z.int(), paused: z.boolean(), waitingFor: failureSchema.optional() }),
  ),
  held: z
    .array(heldMessagesSchema)
    .optional()
    .describe('what came faster than anyone can mean it; queue.resume lets it go'),
  holder: holderSchema
    .optional()
    .describe(
      'who has the desktop, if Waggle itself does not: another process, or a program that was lent it',
    ),
})

/** Every operation once: the pipe, the app's window, the command line and the documents are all made from this list. */
export const operations = {
  hello: {
    summary:
      'Says who answers; on Windows a connection must begin with it and give the token of endpoint.json.',
    params: z.strictObject({ token: z.string().optional() }),
    result: z.object({
      name: z.string(),
      version: z.string(),
      protocol: z.int(),
      pid: z.int(),
      home: z.string(),
    }),
  },
  'message.send': {
    summary:
      'Queues a text for one agent, several, or everyone ("*": every enabled agent but the sender). All or nothing; answered once it is safe on disk.',
    params: z.strictObject({ to: recipients, ...sendingFields }),
    result: z.object({ messages: z.array(messageSchema) }),
  },
  'message.get': {
    summary: 'One message with all its attempts.',
    params: id,
    result: messageDetailSchema,
  },
  'message.list': {
    summary:
      'Messages, newest first; `text` searches the full text, `before` takes the last answer’s `next`. With `order` "delivery": the line of those that wait.',
    params: messageListParams,
    result: messageListResult,
  },
  'message.cancel': {
    summary: 'Takes a waiting message out of the queue.',
    params: id,
    result: messageSchema,
  },
  'message.retry': {
    summary: 'Queues a failed, in-doubt, cancelled or expired message again.',
    params: id,
    result: messageSchema,
  },
  'message.resolve': {
    summary: 'Settles a message in doubt: someone looked and knows.',
    params: z.strictObject({ id: z.uuid(), as: z.enum(['delivered', 'failed']) }),
    result: messageSchema,
  },
  'message.prioritize': {
    summary: 'Makes a waiting message more or less urgent; it keeps its age among those of its new priority.',
    params: z.strictObject({ id: z.uuid(), priority: prioritySchema }),
    result: messageSchema,
  },
  'queue.status': {
    summary: 'What is being delivered, how many wait, and who holds the desktop.',
    params: z.strictObject({}),
    result: queueStatusSchema,
  },
  'queue.pause': {
    summary: 'Stops deliveries, to all agents or to one; what comes in still queues.',
    params: agentParam.extend({
      now: z
        .boolean()
        .default(false)
        .describe(
          'also stops deliveries and tests of agents before their next act and answers once the desktop is let go; what is pasted already stays there unsent, and its message goes on from there (past the submit key it ends as it will)',
        ),
    }),
    result: queueStatusSchema,
  },
  'queue.resume': {
    summary: 'Lets deliveries go on, and lets go what a guard holds of that agent, or of all.',
    params: agentParam,
    result: queueStatusSchema,
  },
  'agent.list': {
    summary:
      'All agents, each with how it stands and by what its input is looked at, and the names of the profiles they can have.',
    params: z.strictObject({}),
    result: agentsResult.extend({ profiles: z.array(z.string()) }),
  },
  'agent.set': {
    summary:
      'Adds an agent or changes the given fields of one. A new point also remembers the window that stands there.',
    params: z.strictObject({
      name: partyName,
      at: pointSchema.optional(),
      window: windowPattern
        .nullable()
        .optional()
        .describe(
          "a regular expression for the window's title; null: none, only the window that stood there",
        ),
      profile: z.string().optional(),
      enabled: z.boolean().optional(),
      description: z.string().max(500).optional(),
      way: z.enum(wayNames).optional(),
      second: z.enum(wayNames).nullable().optional().describe('null: none'),
      tmux: tmuxPane.optional(),
      command: commandSchema.optional(),
      prefixes: prefixesSchema.optional(),
      words: wordsSchema.nullable().optional().describe('as in the agent; null: the bare text again'),
    }),
    result: agentsResult,
  },
  'agent.rename': {
    summary: 'Gives an agent another name; what waits for it, and what may be tried again, follows.',
    params: z.strictObject({ name: partyName, to: partyName }),
    result: agentsResult,
  },
  'agent.remove': {
    summary: 'Forgets an agent; its waiting messages wait until it is set again or they are cancelled.',
    params: z.strictObject({ name: partyName }),
    result: agentsResult,
  },
  'agent.import': {
    summary:
      "Reads agents from a coordinates file (our own export, or the older swarm's cursor_agent_coords.json), or undoes that.",
    params: agentImportParams,
    result: agentImportResult,
  },
  'agent.export': {
    summary: 'All agents, in the form that agent.import reads.',
    params: z.strictObject({}),
    result: z.object({ agents: z.array(agentSchema) }),
  },
  ...desktopOperations,
  ...agentTestOperation,
  ...settingsOperations,
  ...leaseOperations,
  ...pointingOperations,
  ...onboardingOperations,
  ...doctorOperations,
  ...wrapOperations,
  ...exchangeOperations,
  ...tmuxOperations,
  'stats.get': {
    summary: 'Counts by state and agent, and how long deliveries and waits took, in milliseconds.',
    params: statsParams,
    result: statsResult,
  },
  'stats.history': {
    summary:
      'How messages ended over time, bucket by bucket and agent by agent; durations of some 500 deliveries a bucket.',
    params: statsHistoryParams,
    result: statsHistoryResult,
  },
  'events.subscribe': {
    summary: 'From now on, notifications `event` tell of every change on this connection.',
    params: z.strictObject({}),
    result: z.object({}),
  },
} as const satisfies Record<string, Operation>

export type OperationName = keyof typeof operations
/** What a caller passes: defaults may be left out. */
export type Params<N extends OperationName> = z.input<(typeof operations)[N]['params']>
/** What a handler receives: checked, defaults filled in. */
export type ParsedParams<N extends OperationName> = z.output<(typeof operations)[N]['params']>
export type Result<N extends OperationName> = z.output<(typeof operations)[N]['result']>

export type QueueStatus = z.infer<typeof queueStatusSchema>
export type HeldMessages = z.infer<typeof heldMessagesSchema>
export type Holder = z.infer<typeof holderSchema>

export function isOperation(name: string): name is OperationName {
  return Object.hasOwn(operations, name)
}
