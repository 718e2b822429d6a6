import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { commandSchema } from '../../../src/contract/command'
import { systemClock, type Clock } from '../../../src/main/clock'
import { createCommandWay } from '../../../src/main/ways/command/command-way'
import { personEnvironment } from '../../../src/main/ways/command/person-environment'
import { FakeClock } from '../../fakes/fake-clock'
import { isRunning } from '../../harness/processes'
import { agent } from '../../queue/courier-desk'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'waggle-command-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = (name: string) => join(folder, name)

/** A program of the agent's, written in shell; it gets the message as its first argument or on stdin. */
function program(script: string): string {
  writeFileSync(at('agent'), `#!/bin/sh\n${script}\n`)
  chmodSync(at('agent'), 0o755)
  return at('agent')
}

interface Given {
  readonly text?: string
  readonly submit?: boolean
  readonly limitMs?: number
  readonly clock?: Clock
  readonly signal?: AbortSignal
  readonly env?: NodeJS.ProcessEnv
  beforeSubmit?(): void
}

function wayWith({ limitMs = 30_000, clock = systemClock, env = process.env }: Given = {}) {
  return createCommandWay({ clock, env, umask: 0o022, folder, limitMs })
}

async function deliver(command: string[], { text = 'hello', submit = true, ...given }: Given = {}) {
  const message = {
    id: '1',
    to: 'A',
    from: 'a',
    text,
    priority: 'normal',
    submit,
    state: 'delivering',
  } as const
  return wayWith(given).deliver({
    message: { ...message, attempts: 1, createdAt: '', proof: null },
    agent: agent('A', { way: 'command', command }),
    signal: given.signal ?? new AbortController().signal,
    onStep: () => undefined,
    beforeSubmit: () => given.beforeSubmit?.(),
  })
}

async function until(look: () => boolean): Promise<void> {
  while (!look()) await delay(10)
}

const awkward = 'two\nlines, $HOME `id` "quoted" \'so\' $& {text} \\ 漢字🎉 ; touch RAN'

test('the text comes as it is in place of {text}, wherever that stands, and exit code 0 is accepted', async () => {
  const run = [program(`printf '%s|' "$@" > '${at('got')}'; echo "queued as 7"`), '{text}', '--m=<{text}>']
  const delivery = await deliver(run, { text: awkward })
  expect(delivery).toMatchObject({ state: 'delivered', proof: 'accepted', output: 'queued as 7' })
  expect(delivery.timings.steps.map(({ step }) => step)).toEqual(['submit'])
  expect(readFileSync(at('got'), 'utf8')).toBe(`${awkward}|--m=<${awkward}>|`)
  expect(existsSync(at('RAN'))).toBe(false)
})

test('without {text} it comes on stdin, of any length', async () => {
  const text = `${'x'.repeat(200_000)}\n${awkward}`
  expect(await deliver([program(`cat > '${at('got')}'`)], { text })).toMatchObject({ state: 'delivered' })
  expect(readFileSync(at('got'), 'utf8')).toBe(text)
})

test('a program that reads nothing of it may take it all the same', async () => {
  const text = 'x'.repeat(1_000_000)
  expect(await deliver([program('exit 0')], { text })).toMatchObject({ state: 'delivered' })
})

test('a program that leaves another one behind has ended, and that one is not ended by it', async () => {
  const run = program(`(sleep 1; echo late; echo > '${at('lived')}') & echo now`)
  expect(await deliver([run])).toMatchObject({ state: 'delivered', output: 'now' })
  await until(() => existsSync(at('lived')))
})

test('another exit code is a failure that names what the program said', async () => {
  const run = program(`echo one; printf '\\033[31mno such thread\\033[0m\\007\\n' >&2; exit 3`)
  const delivery = await deliver([run])
  expect(delivery).toMatchObject({ state: 'not-submitted', failure: { code: 'not-accepted' } })
  expect(delivery).toMatchObject({ output: expect.stringContaining('no such thread') as string })
  expect(delivery.output).not.toMatch(/[\u0007\u001b]/)
  if (delivery.state !== 'not-submitted') throw new Error(delivery.state)
  expect(delivery.failure.message).toMatch(
    /^agent did not take the message: exit code 3\. It said: .*no such thread/,
  )
})

test('of much output the end is kept', async () => {
  const delivery = await deliver([program('yes line | head -n 100000; echo the end; exit 1')])
  expect(delivery.output?.length).toBeLessThanOrEqual(4000)
  expect(delivery.output).toMatch(/line\nthe end$/)
})

const LIMIT_MS = 300
const TO_END_MS = 2000

/** Runs it until it says by the file `runs` that it does; `end` is what ends it then. */
async function ended(run: string, end: (clock: FakeClock, stop: AbortController) => unknown) {
  const [clock, stop] = [new FakeClock(), new AbortController()]
  const delivering = deliver([run], { clock, limitMs: LIMIT_MS, signal: stop.signal })
  await until(() => existsSync(at('runs')))
  await end(clock, stop)
  return { delivering, clock }
}

test.each([
  ['takes too long', (clock: FakeClock) => clock.advance(LIMIT_MS), /did not end within 0.3 s/],
  ['is stopped', (_: unknown, stop: AbortController) => stop.abort(), /was stopped while it ran/],
])('one that %s is ended with all it has started, and is in doubt', async (_what, end, sentence) => {
  const run = program(`trap '' TERM; sleep 1000 & echo $! > '${at('pid')}'; echo > '${at('runs')}'; wait`)
  const { delivering, clock } = await ended(run, end)
  await clock.advance(TO_END_MS)
  const delivery = await delivering
  expect(delivery).toMatchObject({ state: 'in-doubt', failure: { code: 'submit-unconfirmed' } })
  if (delivery.state !== 'in-doubt') throw new Error(delivery.state)
  expect(delivery.failure.message).toMatch(sentence)
  const pid = readFileSync(at('pid'), 'utf8').trim()
  await until(() => !isRunning(pid))
})

test('one that ends in order when it is told to has proven nothing by that', async () => {
  const run = program(`trap 'exit 0' TERM; echo > '${at('runs')}'; while :; do sleep 0.05; done`)
  const { delivering } = await ended(run, (clock) => clock.advance(LIMIT_MS))
  expect(await delivering).toMatchObject({ state: 'in-doubt' })
})

test('one that a signal has ended is in doubt, too', async () => {
  expect(await deliver([program('kill -9 $$')])).toMatchObject({ state: 'in-doubt' })
})

test('it is written down before anything runs, and nothing runs where it must not', async () => {
  const run = [program(`echo > '${at('ran')}'`)]
  let wasThere: boolean | undefined
  await deliver(run, { beforeSubmit: () => void (wasThere = existsSync(at('ran'))) })
  expect([wasThere, existsSync(at('ran'))]).toEqual([false, true])
  rmSync(at('ran'))
  const stopped = new AbortController()
  stopped.abort(new Error('stopped'))
  await expect(deliver(run, { beforeSubmit: () => stopped.signal.throwIfAborted() })).rejects.toThrow(
    'stopped',
  )
  expect(existsSync(at('ran'))).toBe(false)
})

test.each([
  ['is to be left unsent', { submit: false }, ['{text}'], 'not-accepted'],
  ['is too long for an argument', { text: '漢'.repeat(60_000) }, ['{text}'], 'not-accepted'],
  ['would be an option', { text: '--force' }, ['{text}'], 'text-held'],
])('a message that %s does not go', async (_what, given, args, code) => {
  const delivery = await deliver([program(`echo > '${at('ran')}'`), ...args], given)
  expect(delivery).toMatchObject({ state: 'not-submitted', failure: { code } })
  expect(existsSync(at('ran'))).toBe(false)
})

test.each([
  ['behind --', ['--', '{text}']],
  ['in an option', ['--message={text}']],
  ['on stdin', []],
])('%s a text cannot be an option, and goes', async (_where, args) => {
  expect(await deliver([program('exit 0'), ...args], { text: '--force' })).toMatchObject({
    state: 'delivered',
  })
})

test('it runs in the person’s home with their own variables and rights of files, and the agent’s name', async () => {
  const before = process.umask(0o077)
  try {
    const env = personEnvironment({ PATH: process.env['PATH'], MINE: '1', ELECTRON_RUN_AS_NODE: '1' })
    await deliver([program('pwd; echo "$MINE $WAGGLE_AGENT $ELECTRON_RUN_AS_NODE."; echo > made')], { env })
    expect(process.umask()).toBe(0o077)
  } finally {
    process.umask(before)
  }
  expect(statSync(at('made')).mode & 0o777).toBe(0o644)
  const said = await deliver([program('pwd; echo "$WAGGLE_AGENT"')])
  expect(said.output).toBe(`${folder}\nA`)
})

test('an agent without a command, or whose program is not there, waits and is told so', async () => {
  const { ready } = wayWith()
  const code = async (command?: string[]) =>
    (await ready(agent('A', { way: 'command', ...(command && { command }) }), 'normal'))?.code
  expect(await code()).toBe('not-calibrated')
  expect(await code(['no-such-program-here', '{text}'])).toBe('not-calibrated')
  expect(await code([at('missing')])).toBe('not-calibrated')
  expect(await code([folder])).toBe('not-calibrated')
  expect(await code(['sort'])).toBeUndefined()
  expect(await code([program('exit 0')])).toBeUndefined()
})

test.each([
  ['no program', ['']],
  ['the text as the program', ['{text}']],
  ['a path from here on', ['bin/agent', '{text}']],
  ['a shell that gets the text', ['sh', '-c', 'echo {text}']],
  ['a shell that gets the text as its line', ['/bin/bash', '-c', '{text}']],
  ['a shell that reads it', ['bash']],
  ['a shell that reads it for sure', ['zsh', '-s', 'x']],
  ['another machine’s shell', ['ssh', 'host', 'codex', '{text}']],
  ['another machine’s shell that reads it', ['ssh', 'host']],
])('%s is refused', (_what, command) => {
  expect(commandSchema.safeParse(command).success).toBe(false)
})

test.each([[['sh', '/opt/takes-it.sh']], [['ssh', 'host', 'takes-it']], [['codex', '{text}']], [['sort']]])(
  '%s is a command',
  (command) => {
    expect(commandSchema.safeParse(command).success).toBe(true)
  },
)
