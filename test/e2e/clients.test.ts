import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { NotRunning, openWaggle, Refusal } from '../../src/client/waggle-client'
import { startApp } from '../harness/app'
import { homeForThisTest, openDesk } from '../harness/desk'

// The clients against the real app.

const run = promisify(execFile)

async function open() {
  const desk = await openDesk(startApp, { args: ['--hidden'] })
  for (const name of ['One', 'Two']) await desk.pipe.call('agent.set', { name, way: 'inbox' })
  const clients = (from?: string) => openWaggle({ home: desk.home, ...(from !== undefined && { from }) })
  const [script, one] = [await clients('ci'), await clients('One')]
  onTestFinished(() => {
    script.close()
    one.close()
  })
  return { ...desk, script, one }
}

test('the client for Python keeps what it promises', async () => {
  const { home } = await openDesk(startApp, { args: ['--hidden'] })
  const { stderr } = await run('python3', ['-m', 'unittest', 'discover', '-s', resolve('clients/python')], {
    env: { ...process.env, WAGGLE_HOME: home, WAGGLE_AGENT: '', PYTHONDONTWRITEBYTECODE: '1' },
  })
  expect(stderr).toMatch(/Ran 9 tests in .*\n\nOK/)
})

// A package refers to itself by its name: as a program in it does.
const program = resolve('test/harness/uses-client.mjs')

test('a program finds the client for Node, which sends, waits, takes, replies, asks and hears events', async () => {
  const { home, script, one } = await open()
  const events = script.events()
  expect((await events.next()).value).toMatchObject({ type: 'queue' })
  const [message] = await script.send('One', 'hello')
  expect(message).toMatchObject({ from: 'ci', inbox: true })
  for await (const event of events) if (event.type === 'message' && event.message.id === message?.id) break
  const [taken] = await one.take({ waitMs: 10_000 })
  expect(await script.wait(message?.id ?? '')).toMatchObject({ state: 'delivered', proof: 'taken' })
  await one.reply(taken?.id ?? '', 'hello yourself')
  expect(await script.waitForReply(message?.id ?? '')).toMatchObject({ text: 'hello yourself' })
  const heard: string[] = []
  const asked = script.ask(['One', 'Two'], 'green?', {
    timeoutMs: 3000,
    onAnswer: (agent, { text }) => void heard.push(`${agent}: ${text}`),
  })
  const [question] = await one.take({ waitMs: 10_000 })
  await one.reply(question?.id ?? '', 'yes')
  expect((await asked).missing).toEqual(['Two'])
  expect(heard).toEqual(['One: yes'])
  await expect(script.send('Onne', 'x')).rejects.toMatchObject({ code: 1001, data: { closest: 'One' } })
  await expect(script.send('Onne', 'x')).rejects.toBeInstanceOf(Refusal)
  await expect(openWaggle({ home: homeForThisTest() })).rejects.toBeInstanceOf(NotRunning)
  const { stdout } = await run(process.execPath, [program], { env: { ...process.env, WAGGLE_HOME: home } })
  expect(stdout).toBe('queued One\n')
})

test('the client for Node has types where TypeScript looks for them as Node does', async () => {
  const strictly = ['--noEmit', '--allowJs', '--checkJs', '--strict', '--target', 'es2022', '--types', 'node']
  const args = ['--ignoreConfig', ...strictly, '--module', 'nodenext', program]
  const { stdout } = await run(resolve('node_modules/.bin/tsc'), args)
  expect(stdout).toBe('')
})
