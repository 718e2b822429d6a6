import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { personEnvironment } from '../../../src/main/ways/command/person-environment'
import { FakeClock } from '../../fakes/fake-clock'
import { isRunning } from '../../harness/processes'
import { agent } from '../../queue/courier-desk'
import { awkward, commands, type Commands } from './commands'

// On every system: the agent's programs are Node's, and their folder is the one that they run in.

let opened: Commands
beforeEach(() => (opened = commands()))
afterEach(() => opened.end())

const at = (name: string) => opened.at(name)
const isThere = (name: string) => existsSync(at(name))

test('the text comes as it is in place of {text}, wherever that stands, and exit code 0 is accepted', async () => {
  const run = opened.program(
    `writeFileSync('got', process.argv.slice(2).join('|')); console.log('queued as 7')`,
  )
  const delivery = await opened.deliver([...run, '{text}', '--m=<{text}>'], { text: awkward })
  expect(delivery).toMatchObject({ state: 'delivered', proof: 'accepted', output: 'queued as 7' })
  expect(delivery.timings.steps.map(({ step }) => step)).toEqual(['submit'])
  expect(readFileSync(at('got'), 'utf8')).toBe(`${awkward}|--m=<${awkward}>`)
})

test('without {text} it comes on stdin, of any length', async () => {
  const text = `${'x'.repeat(200_000)}\n${awkward}`
  const run = opened.program(`writeFileSync('got', readFileSync(0))`)
  expect(await opened.deliver(run, { text })).toMatchObject({ state: 'delivered' })
  expect(readFileSync(at('got'), 'utf8')).toBe(text)
})

test('a program that reads nothing of it may take it all the same', async () => {
  const text = 'x'.repeat(1_000_000)
  expect(await opened.deliver(opened.program(''), { text })).toMatchObject({ state: 'delivered' })
})

test('a program that leaves another one behind has ended, and that one is not ended by it', async () => {
  opened.script('behind.cjs', `until('go'); console.log('late'); writeFileSync('lived', String(process.pid))`)
  const run = opened.program(
    `spawn(process.execPath, ['behind.cjs'], { detached: true, stdio: 'inherit' }).unref(); console.log('now')`,
  )
  expect(await opened.deliver(run)).toMatchObject({ state: 'delivered', output: 'now' })
  writeFileSync(at('go'), '')
  await expect.poll(() => isThere('lived')).toBe(true)
  // Until then Windows keeps the folder that it runs in.
  await expect.poll(() => isRunning(readFileSync(at('lived'), 'utf8'))).toBe(false)
})

test('another exit code is a failure that names what the program said', async () => {
  const run = opened.program(
    `console.log('one'); console.error('\\u001b[31mno such thread\\u001b[0m\\u0007'); process.exitCode = 3`,
  )
  const delivery = await opened.deliver(run)
  expect(delivery).toMatchObject({ state: 'not-submitted', failure: { code: 'not-accepted' } })
  expect(delivery).toMatchObject({ output: expect.stringContaining('no such thread') as string })
  expect(delivery.output).not.toMatch(/[\u0007\u001b]/)
  if (delivery.state !== 'not-submitted') throw new Error(delivery.state)
  expect(delivery.failure.message).toMatch(
    /^node\S* did not take the message: exit code 3\. It said: .*no such thread/,
  )
})

test('of much output the end is kept', async () => {
  const run = opened.program(`console.log('line\\n'.repeat(100_000) + 'the end'); process.exitCode = 1`)
  const delivery = await opened.deliver(run)
  expect(delivery.output?.length).toBeLessThanOrEqual(4000)
  expect(delivery.output).toMatch(/line\nthe end$/)
})

const LIMIT_MS = 300
const TO_END_MS = 2000

test.each([
  ['takes too long', (clock: FakeClock) => clock.advance(LIMIT_MS), /did not end within 0.3 s/],
  ['is stopped', (_: unknown, stop: AbortController) => stop.abort(), /was stopped while it ran/],
])('one that %s is ended with all it has started, and is in doubt', async (_what, end, sentence) => {
  // On Windows a program's own end would end what it has started, too, but for what it has let go of.
  const run = opened.program(`
    process.on('SIGTERM', () => undefined)
    const options = { detached: process.platform === 'win32', stdio: 'ignore' }
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], options)
    writeFileSync('pid', String(child.pid))
    writeFileSync('runs', '')
    setInterval(() => undefined, 1000)`)
  const [clock, stop] = [new FakeClock(), new AbortController()]
  const delivering = opened.deliver(run, { clock, limitMs: LIMIT_MS, signal: stop.signal })
  await expect.poll(() => isThere('runs')).toBe(true)
  await end(clock, stop)
  await clock.advance(TO_END_MS)
  const delivery = await delivering
  expect(delivery).toMatchObject({ state: 'in-doubt', failure: { code: 'submit-unconfirmed' } })
  if (delivery.state !== 'in-doubt') throw new Error(delivery.state)
  expect(delivery.failure.message).toMatch(sentence)
  await expect.poll(() => isRunning(readFileSync(at('pid'), 'utf8'))).toBe(false)
})

test('one that has crashed, or that another program has ended, is in doubt, too', async () => {
  // What Windows says of an access violation.
  const run = opened.program(
    `process.platform === 'win32' ? process.exit(0xc0000005 | 0) : process.kill(process.pid, 'SIGKILL')`,
  )
  expect(await opened.deliver(run)).toMatchObject({ state: 'in-doubt' })
})

test('it is written down before anything runs, and nothing runs where it must not', async () => {
  const run = opened.program(`writeFileSync('ran', '')`)
  let wasThere: boolean | undefined
  await opened.deliver(run, { beforeSubmit: () => void (wasThere = isThere('ran')) })
  expect([wasThere, isThere('ran')]).toEqual([false, true])
  rmSync(at('ran'))
  const stopped = new AbortController()
  stopped.abort(new Error('stopped'))
  const given = { beforeSubmit: () => stopped.signal.throwIfAborted() }
  await expect(opened.deliver(run, given)).rejects.toThrow('stopped')
  expect(isThere('ran')).toBe(false)
})

test.each([
  ['is to be left unsent', { submit: false }, ['{text}'], 'not-accepted'],
  ['is too long for an argument', { text: '漢'.repeat(60_000) }, ['{text}'], 'not-accepted'],
  ['would be an option', { text: '--force' }, ['{text}'], 'text-held'],
])('a message that %s does not go', async (_what, given, args, code) => {
  const delivery = await opened.deliver([...opened.program(`writeFileSync('ran', '')`), ...args], given)
  expect(delivery).toMatchObject({ state: 'not-submitted', failure: { code } })
  expect(isThere('ran')).toBe(false)
})

test.each([
  ['behind --', ['--', '{text}']],
  ['in an option', ['--message={text}']],
  ['on stdin', []],
])('%s a text cannot be an option, and goes', async (_where, args) => {
  const delivery = await opened.deliver([...opened.program(''), ...args], { text: '--force' })
  expect(delivery).toMatchObject({ state: 'delivered' })
})

test('it runs in the person’s home with their own variables, and the agent’s name', async () => {
  const env = personEnvironment({ ...process.env, MINE: '1', ELECTRON_RUN_AS_NODE: '1' })
  const words = `[process.cwd(), env.MINE, env.WAGGLE_AGENT, env.ELECTRON_RUN_AS_NODE]`
  const run = opened.program(`const { env } = process; console.log(JSON.stringify(${words}))`)
  const { output = '' } = await opened.deliver(run, { env })
  expect(JSON.parse(output)).toEqual([opened.folder, '1', 'A', null])
})

test('an agent without a command, or whose program is not there, waits and is told so', async () => {
  const name = process.platform === 'win32' ? 'mine.exe' : 'mine'
  writeFileSync(at(name), '', { mode: 0o755 })
  const { ready } = opened.way({ env: { PATH: opened.folder } })
  const code = async (command?: string[]) =>
    (await ready(agent('A', { way: 'command', ...(command && { command }) }), 'normal'))?.code
  expect(await code()).toBe('not-calibrated')
  expect(await code(['no-such-program-here', '{text}'])).toBe('not-calibrated')
  expect(await code([at('missing')])).toBe('not-calibrated')
  expect(await code([opened.folder])).toBe('not-calibrated')
  expect(await code(['mine', '{text}'])).toBeUndefined()
  expect(await code([at('mine'), '{text}'])).toBeUndefined()
})
