import { spawn } from 'node:child_process'
import { onTestFinished, expect, test } from 'vitest'
import { startVirtualDesktop, type VirtualDesktop } from '../../scripts/desktop.mjs'
import { tied } from '../../scripts/lib/services.mjs'
import { createX11Clipboard } from '../../src/main/desktop/x11/clipboard'
import { connectX11 } from '../../src/main/desktop/x11/connection'
import { startApp, type RunningApp } from '../harness/app'
import { calibrate, forThisTest, openAgentsDesk, type AgentsDesk } from '../harness/desk'

// What a desktop is made of, ended while Waggle delivers: it goes on by itself once that is there again.

const names = ['Agent-1', 'Agent-2']
const MESSAGES = 24
const soon = { timeout: 30_000, interval: 20 }

interface Stage extends AgentsDesk<RunningApp> {
  readonly desktop: VirtualDesktop
  readonly env: NodeJS.ProcessEnv
}

async function openStage(): Promise<Stage> {
  const desktop = await forThisTest(startVirtualDesktop(), async (one) => one.stop())
  const env = { ...process.env, ...desktop.env, WAGGLE_LOG: process.env['COMEBACK_LOG'] }
  const opened = await openAgentsDesk(startApp, {
    agents: names.map((name) => ({ name })),
    args: ['--hidden'],
    env,
  })
  for (const name of names) await calibrate(opened, name)
  return { ...opened, desktop, env }
}

/** Sends more than goes in an instant and resolves when a part of it has arrived. */
async function underWay({ pipe, agents }: Stage): Promise<void> {
  const sends = Array.from({ length: MESSAGES }, async (_, index) =>
    pipe.call('message.send', { to: names[index % 2] ?? '', text: `#${index}` }),
  )
  await Promise.all(sends)
  await agents.submitted(4)
}

/** Resolves once nothing waits any more; every message has arrived once, or is rightly in doubt. */
async function allArrived({ pipe, agents, waggle }: Stage): Promise<void> {
  const waiting = async () => {
    const { states } = await pipe.call('stats.get', {})
    return states.queued + states.delivering
  }
  await expect.poll(waiting, { ...soon, message: waggle.output() }).toBe(0)
  const { messages } = await pipe.call('message.list', { limit: 1000 })
  const arrived = agents.submissions()
  const wrong = messages.filter(({ to, text, state }) => {
    const copies = arrived.filter((one) => one.agent === to && one.text === text).length
    return state === 'in-doubt' ? copies > 1 : state !== 'delivered' || copies !== 1
  })
  if (process.env['COMEBACK_LOG']) console.log(waggle.output())
  expect(wrong).toEqual([])
  expect(messages).toHaveLength(MESSAGES)
  expect(messages.filter(({ state }) => state === 'in-doubt').length).toBeLessThanOrEqual(1)
}

test('its connection to the X server is ended: it connects again, and the person’s clipboard is what it was', async () => {
  const stage = await openStage()
  const x = await forThisTest(connectX11(stage.desktop.env['DISPLAY'] ?? ''), (one) => one.close())
  const person = await connectX11(stage.desktop.env['DISPLAY'] ?? '')
  await createX11Clipboard(person).offerText('a person’s copy')
  await underWay(stage)
  const owner = await x.ask<number>((done) => x.client.GetSelectionOwner(x.atom('CLIPBOARD'), done))
  expect(x.sameProgram(owner, person.client.AllocID())).toBe(false)
  x.client.KillClient(owner)
  await allArrived(stage)
  expect(await createX11Clipboard(x).readText()).toBe('a person’s copy')
})

test('the window manager ends and another one is started: it goes on', async () => {
  const stage = await openStage()
  await underWay(stage)
  stage.desktop.parts.windowManager?.kill('SIGKILL')
  const reason = async () => (await stage.pipe.call('queue.status', {})).perAgent['Agent-1']?.waitingFor?.code
  // Its account of the windows is still on the server.
  await expect.poll(reason, soon).toMatch(/window-missing|focus-lost/)
  const manager = spawn(...tied('openbox', ['--sm-disable']), { env: stage.env, stdio: 'ignore' })
  onTestFinished(() => void manager.kill())
  await allArrived(stage)
})
