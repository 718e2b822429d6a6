import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { errorCodes } from '../../src/contract/failure'
import type { Message } from '../../src/contract/message'
import { client, openDesk, type Desk } from './desk'

let home: string
let desk: Desk
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'waggle-onboarding-'))
  desk = openDesk({ about: { version: '0.1.0', home, pid: 42 } })
  await desk.call('agent.set', { name: 'Agent-2', description: 'reviews', words: 'signed' })
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const texts = (messages: readonly Message[]) => messages.map(({ text, sentText }) => sentText ?? text)

test('an agent is told who it is and who else is there; a dry run says so and sends nothing', async () => {
  const dry = await desk.call('agent.onboard', { to: 'Agent-1', dryRun: true })
  expect(dry.messages).toEqual([])
  expect(dry.texts.map(({ to }) => to)).toEqual(['Agent-1'])
  expect(dry.texts[0]?.text).toMatch(/^You are Agent-1,[^]*- Agent-2: reviews\n- Agent-3\n/)
  expect(desk.queue.list({ limit: 10 }).messages).toEqual([])
  const sent = await desk.call('agent.onboard', { to: 'Agent-1' }, client('you'))
  expect(sent.texts).toEqual(dry.texts)
  expect(sent.messages).toMatchObject([{ to: 'Agent-1', from: 'you', text: dry.texts[0]?.text }])
})

test('everyone but the sender gets the text of their own, else the one for all, without words around it', async () => {
  mkdirSync(join(home, 'onboarding'))
  writeFileSync(join(home, 'onboarding.md'), 'Hello {name}.\r\n{agents}\n')
  writeFileSync(join(home, 'onboarding', 'Agent-3.md'), 'You test. {other}')
  const sent = await desk.call('agent.onboard', { to: '*', from: 'Agent-1' })
  expect(sent.messages.map(({ to, from }) => [from, to])).toEqual([
    ['Agent-1', 'Agent-2'],
    ['Agent-1', 'Agent-3'],
  ])
  expect(texts(sent.messages)).toEqual(['Hello Agent-2.\n- Agent-1\n- Agent-3', 'You test. {other}'])
  expect(sent.texts.map(({ file }) => file)).toEqual([
    join(home, 'onboarding.md'),
    join(home, 'onboarding', 'Agent-3.md'),
  ])
  const given = await desk.call('agent.onboard', { to: 'Agent-2', template: 'Welcome, {name}' })
  expect(given.texts).toEqual([{ to: 'Agent-2', text: 'Welcome, Agent-2' }])
})

test('nobody is told anything where one of them cannot be: unknown, a file that cannot be read or sent', async () => {
  expect((await desk.refused('agent.onboard', { to: ['Agent-2', 'Agnet-1'] })).data).toMatchObject({
    closest: 'Agent-1',
  })
  mkdirSync(join(home, 'onboarding', 'Agent-3.md'), { recursive: true })
  const unreadable = await desk.refused('agent.onboard', { to: '*' })
  expect(unreadable.code).toBe(errorCodes.wrongState)
  expect(unreadable.message).toContain(join(home, 'onboarding', 'Agent-3.md'))
  writeFileSync(join(home, 'onboarding.md'), 'red \u001B[31m')
  expect((await desk.refused('agent.onboard', { to: 'Agent-1' })).message).toContain('control character')
  expect(desk.queue.list({ limit: 10 }).messages).toEqual([])
})

test('a name that leads out of the folder reads no file', async () => {
  writeFileSync(join(home, 'secret.md'), 'secret')
  mkdirSync(join(home, 'onboarding'))
  await desk.call('agent.set', { name: '../secret' })
  const { texts } = await desk.call('agent.onboard', { to: '../secret', dryRun: true })
  expect(texts[0]?.text).toMatch(/^You are \.\.\/secret/)
})
