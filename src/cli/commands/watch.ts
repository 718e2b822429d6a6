import type { Command } from 'commander'
import { assertNever } from '../../contract/errors'
import type { WaggleEvent } from '../../contract/events'
import { visible } from '../../contract/visible'
import type { Context } from '../context'
import { count, outcome } from '../format'

/** `watch`: every change as it happens, one line each, until interrupted. */
export function addWatchCommand(program: Command, context: Context): void {
  program
    .command('watch')
    .description('follow every change until interrupted; with --json one event a line')
    .addHelpText('after', '\nExample:\n  $ waggle watch --json')
    .action(async () => {
      const client = await context.client()
      let last = ''
      const gone = client.follow((event) => {
        const line = context.json ? JSON.stringify(event) : visible(eventLine(event))
        // The queue tells more than a person sees: the same line again is no news.
        if (context.json || line !== last)
          context.print(context.json ? line : `${clock(context.now())}  ${line}`)
        last = line
      })
      await Promise.all([client.call('events.subscribe', {}), gone])
    })
}

/** An event in words. */
export function eventLine(event: WaggleEvent): string {
  switch (event.type) {
    case 'message':
    case 'answer': {
      const { state, to, from, id } = event.message
      return [state.padEnd(10), `${to} from ${from}`, outcome(event.message), id].filter(Boolean).join('  ')
    }
    case 'queue': {
      const { paused, depth } = event.status
      return `${(paused ? 'paused' : 'running').padEnd(10)}  ${count(depth, 'message')} waiting`
    }
    case 'agent':
      return `${'agents'.padEnd(10)}  ${event.agents.map((agent) => agent.name).join(', ') || 'none'}`
    case 'settings':
      return 'settings    changed'
    default:
      return assertNever(event)
  }
}

/** The time of day here, to the second. */
function clock(now: number): string {
  return new Date(now).toTimeString().slice(0, 8)
}
