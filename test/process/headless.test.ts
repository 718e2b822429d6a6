import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { runApp } from '../harness/app'
import { forThisTest } from '../harness/desk'
import { startNotificationHost } from '../harness/notification-host'
import { cleanUp, newHome, waggle } from './programs'
import { startHeadless } from './headless-waggle'
import { ask, buildWays, endAll, ended, send, until, waitsFor, wrapPlace } from './terminals'

// `waggle start --headless`: the built Waggle on a machine without a display.

beforeAll(buildWays)
afterEach(endAll)
afterAll(cleanUp)

test('messages go to agents in terminals and by commands; those to agents in windows wait and say why', async () => {
  const server = await startHeadless()
  const agent = await wrapPlace.start(server, 'claude')
  await ask(server, 'agent.set', { name: 'ByCommand', command: ['cat'] })
  await ask(server, 'agent.set', { name: 'InWindow', window: 'Claude' })
  const [typed, run, window] = [
    await send(server, agent.name, 'typed'),
    await send(server, 'ByCommand', 'run'),
    await send(server, 'InWindow', 'waits'),
  ]
  expect(await ended(server, typed)).toMatchObject({ state: 'delivered', proof: 'prompt' })
  expect(await ended(server, run)).toMatchObject({ state: 'delivered', proof: 'accepted' })
  const { failure } = await waitsFor(server, window, 'desktop-unavailable')
  expect(failure?.message).toContain('--headless')
  expect(agent.log.prompts()).toEqual(['typed'])
  const doctor = await waggle(server.home, ['doctor'])
  expect(doctor.out).toMatch(/^ok +Desktop +Waggle runs without one/)
  expect(await server.stop()).toBe(0)
  expect(existsSync(join(server.home, 'endpoint.json'))).toBe(false)
})

test('its settings are the app’s, and so is what waits: both are there after a crash, also where that damaged the settings', async () => {
  const first = await startHeadless()
  const program = join(first.home, 'agent')
  await ask(first, 'queue.pause', {})
  await ask(first, 'agent.set', { name: 'C', command: [program] })
  const id = await send(first, 'C', 'hello')
  await first.kill()
  writeFileSync(program, '#!/bin/sh\ncat >"$0.got"\n')
  chmodSync(program, 0o755)
  writeFileSync(join(first.home, 'settings.json'), '{ half')
  const second = await startHeadless(first.home)
  const { code, err } = await waggle(first.home, ['status'])
  expect([code, err]).toEqual([0, expect.stringMatching(/settings\.json: .* is kept as .* is used/)])
  await ask(second, 'queue.resume', {})
  expect(await ended(second, id)).toMatchObject({ state: 'delivered', proof: 'accepted' })
  await second.stop()
})

test('one home has one Waggle: a second one without a desktop is none, and the app ends with a notification of what runs', async () => {
  const home = newHome()
  const host = await forThisTest(startNotificationHost(), (one) => one.close())
  const server = await startHeadless(home)
  const again = await waggle(home, ['--json', 'status'])
  expect(again.code).toBe(0)
  const second = await startHeadless(home)
  await until(() => second.process.exitCode !== null)
  expect(second.process.exitCode).toBe(0)
  const { code, output } = await runApp({ home })
  expect([code, output]).toEqual([1, expect.stringContaining('without a desktop')])
  // No box that would hold the process: at login nobody may be there to close it.
  const body: unknown = expect.stringContaining('without a desktop')
  expect(host.shown()).toMatchObject([{ title: 'Waggle cannot start', body }])
  expect((await waggle(home, ['status'])).code).toBe(0)
  await server.stop()
})
