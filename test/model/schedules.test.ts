import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isFinal, type Message } from '../../src/contract/message'
import { agents, senders, World, type Fate } from './world'

// Any schedule of senders, people, failures and crashes: the queue and its courier keep the rules. MODEL_RUNS and MODEL_SEED
// try more of them, and the same again.

const runs = Number(process.env['MODEL_RUNS'] ?? 4000)
const seed = Number(process.env['MODEL_SEED'] ?? Date.now() % 2 ** 31)
/** So many schedules later it says how far it has come: a million take their time. */
const SAID_EVERY = 20_000

/** One thing that happens; fast-check shows its name. */
class Act {
  readonly name: string
  readonly run: (world: World) => Promise<void> | void

  constructor(name: string, run: Act['run']) {
    this.name = name
    this.run = run
  }

  toString(): string {
    return this.name
  }
}

const agent = fc.constantFrom(...agents)
/** Most deliveries go well. */
const fate = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<Fate>('arrives', 'arrives, seen later') },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Fate>(
      'waits',
      'fails for now',
      'fails for good',
      'breaks before the key',
      'breaks at the key',
      'breaks after the key',
    ),
  },
)

const send = fc
  .record({
    to: agent,
    from: fc.constantFrom(...senders),
    priority: fc.constantFrom('urgent', 'normal', 'normal', 'low'),
    key: fc.option(fc.constantFrom('k', 'l'), { freq: 5, nil: undefined }),
    ttlMs: fc.option(fc.constantFrom(50, 700, 5000), { freq: 4, nil: undefined }),
  } as const)
  .map(
    ({ key, ttlMs, ...rest }) =>
      new Act(`send ${JSON.stringify({ key, ttlMs, ...rest })}`, async (world) => {
        await world.send({
          ...rest,
          ...(key !== undefined && { key }),
          ...(ttlMs !== undefined && { ttlMs }),
        })
      }),
  )

const burst = fc.tuple(fc.array(send, { minLength: 3, maxLength: 12 })).map(
  ([sends]) =>
    new Act(sends.map(({ name }) => name).join('; '), async (world) => {
      for (const one of sends) await one.run(world)
    }),
)

/** One sender has much to say, and another one comes. */
const hog = fc.tuple(fc.constantFrom(...senders), fc.constantFrom(...senders), agent).map(
  ([much, little, to]) =>
    new Act(`${much} sends 12 to ${to}, ${little} one`, async (world) => {
      for (let count = 0; count < 12; count += 1) await world.send({ to, from: much, priority: 'normal' })
      await world.send({ to, from: little, priority: 'normal' })
    }),
)

const advance = fc
  .constantFrom(1, 15, 41, 90, 300, 1100, 4000, 20_000)
  .map((ms) => new Act(`${ms} ms pass`, async (world) => world.clock.advance(ms)))

const toAgent = fc.tuple(agent, fc.constantFrom('close', 'open', 'pause', 'resume', 'stop')).map(
  ([name, what]) =>
    new Act(`${what} ${name}`, async (world) => {
      world.rules.troubled(name)
      if (what === 'close') world.missing.add(name)
      if (what === 'open') world.missing.delete(name)
      if (what === 'stop') await world.stopDelivery(name)
      if (what !== 'pause' && what !== 'resume') return
      world.rules.paused(name, what === 'pause')
      if (what === 'pause') world.queue.pause(name)
      else world.queue.resume(name)
    }),
)

const toAll = fc.constantFrom('person comes', 'person goes', 'pause', 'resume', 'crash').map(
  (what) =>
    new Act(what, async (world) => {
      for (const name of agents) world.rules.troubled(name)
      if (what === 'crash') return world.crash()
      if (what.startsWith('person')) world.person = what === 'person comes'
      else {
        world.rules.paused(undefined, what === 'pause')
        if (what === 'pause') world.queue.pause()
        else world.queue.resume()
      }
    }),
)

const toMessage = fc.tuple(fc.nat(), fc.constantFrom('cancel', 'retry', 'delivered', 'failed')).map(
  ([which, what]) =>
    new Act(`${what} message ${which}`, (world) => {
      const message = among(world.messages(), which, what)
      if (!message) return
      if (what === 'cancel') world.rules.changed(world.queue.cancel(message.id), 'ended')
      else if (what === 'retry') world.rules.changed(world.queue.retry(message.id), 'retried')
      else world.rules.changed(world.queue.resolve(message.id, what), 'ended')
    }),
)

/** One of those with which that can be done. */
function among(messages: readonly Message[], which: number, what: string): Message | undefined {
  const fit = messages.filter(({ state }) =>
    what === 'cancel'
      ? state === 'queued'
      : what === 'retry'
        ? ['failed', 'in-doubt'].includes(state)
        : state === 'in-doubt',
  )
  return fit[which % Math.max(1, fit.length)]
}

const act = fc.oneof(
  { weight: 4, arbitrary: send },
  { weight: 2, arbitrary: burst },
  { weight: 1, arbitrary: hog },
  { weight: 8, arbitrary: advance },
  { weight: 3, arbitrary: toAgent },
  { weight: 2, arbitrary: toAll },
  { weight: 2, arbitrary: toMessage },
)

test(
  'no schedule loses, doubles, mixes up, forgets or falsely delivers a message',
  async () => {
    const schedule = fc.array(act, { minLength: 3, maxLength: 25 })
    const allWell = fc.constant<Fate[]>(['arrives'])
    const fates = fc.oneof(allWell, fc.array(fate, { minLength: 1, maxLength: 12 }))
    let done = 0
    await fc.assert(
      fc.asyncProperty(fates, schedule, async (fates, acts) => {
        const world = new World(fates)
        for (const one of acts) {
          await one.run(world)
          world.rules.compareAll(world.messages())
        }
        await world.becomeGood()
        world.rules.compareAll(world.messages())
        expect(world.rules.broken).toEqual([])
        expect(world.messages().filter(({ state }) => !isFinal(state))).toEqual([])
        done += 1
        if (done % SAID_EVERY === 0 || done === runs)
          console.log(`${done} of ${runs} schedules, seed ${seed}`)
      }),
      {
        numRuns: runs,
        timeout: 10_000,
        endOnFailure: process.env['MODEL_UNSHRUNK'] === '1',
        seed,
      },
    )
  },
  Math.max(600_000, runs * 20),
)
