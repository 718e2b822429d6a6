import type { ErrorName } from '../../src/contract/errors'
import type { OperationName, Params } from '../../src/contract/operations'

const ID = '0198c1de-5b2f-7d3a-9a53-3f1f0d9c2b11'

/** For each operation the params of an example and the errors of its own; any with params may answer invalidParams. */
export const examples: {
  readonly [N in OperationName]: { readonly params: Params<N>; readonly errors?: readonly ErrorName[] }
} = {
  hello: { params: {}, errors: ['invalidRequest'] },
  'message.send': {
    params: {
      to: 'Agent-1',
      text: 'Please run the tests',
      from: 'ci',
      priority: 'urgent',
      key: 'build-1701',
    },
    errors: ['unknownAgent', 'queueFull', 'refused', 'shuttingDown', 'storage'],
  },
  'message.get': { params: { id: ID }, errors: ['notFound'] },
  'message.wait': { params: { id: ID, timeoutMs: 30_000 }, errors: ['notFound', 'timedOut', 'shuttingDown'] },
  'message.reply': {
    params: { id: ID, text: 'All green' },
    errors: ['notFound', 'queueFull', 'refused', 'shuttingDown', 'storage'],
  },
  'message.thread': { params: { id: ID }, errors: ['notFound'] },
  'message.answers': { params: { id: ID }, errors: ['notFound'] },
  'message.ask': {
    params: {
      to: ['Agent-1', 'Agent-2'],
      text: 'Are your tests green?',
      timeoutMs: 300_000,
      key: 'green-1701',
    },
    errors: ['unknownAgent', 'queueFull', 'refused', 'shuttingDown', 'storage'],
  },
  'message.take': {
    params: { agent: 'Agent-3', max: 10, waitMs: 60_000 },
    errors: ['unknownAgent', 'notFound', 'wrongState', 'shuttingDown', 'storage'],
  },
  'message.list': { params: { states: ['failed', 'in-doubt'], limit: 20 } },
  'message.cancel': { params: { id: ID }, errors: ['notFound', 'wrongState'] },
  'message.retry': { params: { id: ID }, errors: ['notFound', 'wrongState'] },
  'message.resolve': { params: { id: ID, as: 'delivered' }, errors: ['notFound', 'wrongState'] },
  'message.prioritize': { params: { id: ID, priority: 'urgent' }, errors: ['notFound', 'wrongState'] },
  'queue.status': { params: {} },
  'queue.pause': { params: { agent: 'Agent-1' }, errors: ['unknownAgent'] },
  'queue.resume': { params: {}, errors: ['unknownAgent'] },
  'agent.list': { params: {} },
  'agent.set': {
    params: { name: 'Agent-1', at: [150, 190], window: '^Agent-1 ', profile: 'chat' },
    errors: ['desktopUnavailable'],
  },
  'agent.rename': {
    params: { name: 'Agent-1', to: 'Reviewer' },
    errors: ['unknownAgent', 'wrongState'],
  },
  'agent.onboard': {
    params: { to: '*', dryRun: true },
    errors: ['unknownAgent', 'wrongState', 'queueFull', 'refused', 'shuttingDown', 'storage'],
  },
  'agent.test': { params: { name: 'Agent-1' }, errors: ['unknownAgent'] },
  'agent.remove': { params: { name: 'Agent-1' }, errors: ['unknownAgent'] },
  'agent.import': {
    params: {
      content:
        '{"agents":{"Agent-1":{"chat_input_coordinates":[150,190],"description":"Lead","active":true}}}',
    },
    errors: ['notFound'],
  },
  'agent.export': { params: {} },
  'desktop.acquire': { params: { reason: 'nightly screenshots', timeoutMs: 60_000 }, errors: ['timedOut'] },
  'desktop.release': { params: { lease: ID }, errors: ['notFound'] },
  'doctor.run': { params: {} },
  'desktop.permit': { params: {}, errors: ['wrongState'] },
  'settings.get': { params: {} },
  'settings.set': { params: { changes: { presence: { idleMs: 3000 }, shortcuts: { stop: null } } } },
  'desktop.look': { params: {}, errors: ['desktopUnavailable'] },
  'desktop.picture': {
    params: { rect: { x: 0, y: 0, width: 640, height: 400 }, maxWidth: 320 },
    errors: ['desktopUnavailable'],
  },
  'desktop.tree': { params: { on: true }, errors: ['wrongState'] },
  'agent.point': { params: { name: 'Agent-1' }, errors: ['desktopUnavailable', 'wrongState'] },
  'agent.here': { params: { name: 'Agent-1' }, errors: ['desktopUnavailable', 'notFound'] },
  'pointing.scene': { params: {}, errors: ['wrongState'] },
  'pointing.choose': { params: { at: [150, 190] }, errors: ['wrongState', 'notFound'] },
  'pointing.cancel': { params: {}, errors: ['wrongState'] },
  'stats.get': { params: { since: '2026-01-01T00:00:00Z' } },
  'stats.history': {
    params: { since: '2026-01-01T00:00:00Z', until: '2026-01-02T00:00:00Z', bucketMs: 3_600_000 },
  },
  'terminal.join': {
    params: { name: 'Agent-1', program: 'claude', pid: 4711, standing: { state: 'starting' } },
    errors: ['wrongState'],
  },
  'terminal.stands': { params: { standing: { state: 'ready' } }, errors: ['wrongState'] },
  'terminal.next': { params: {}, errors: ['wrongState'] },
  'terminal.step': { params: { id: ID, step: 'paste' }, errors: ['wrongState'] },
  'terminal.report': { params: { id: ID, state: 'delivered' }, errors: ['wrongState'] },
  'tmux.panes': { params: {} },
  'events.subscribe': { params: {} },
}
