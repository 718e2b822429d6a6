/** What an operation costs others while it runs: little, much, or nothing because it only waits. */
export type Weight = 'light' | 'heavy' | 'waiting'

/** How many of each one client may have under way at once; those that wait share a commit, and cost nothing. */
export const mostAtOnce: Readonly<Record<Weight, number>> = { light: 64, heavy: 1, waiting: 1000 }

const weights: Readonly<Record<string, Weight>> = {
  'message.wait': 'waiting',
  'message.ask': 'waiting',
  'message.take': 'waiting',
  'desktop.acquire': 'waiting',
  'agent.point': 'waiting',
  'agent.test': 'waiting',
  'queue.pause': 'waiting',
  'doctor.run': 'heavy',
  'desktop.look': 'heavy',
  'desktop.picture': 'heavy',
  'stats.get': 'heavy',
  'stats.history': 'heavy',
  'agent.here': 'heavy',
  'agent.import': 'heavy',
  'message.list': 'heavy',
}

/** Of an unknown operation, too: it is refused, which is little work. */
export function weightOf(method: string): Weight {
  return (Object.hasOwn(weights, method) ? weights[method] : undefined) ?? 'light'
}
