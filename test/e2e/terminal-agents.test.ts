import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { launchApp } from '../harness/app'
import { axeFindings } from '../harness/axe'
import { openDesk } from '../harness/desk'
import type { PipeClient } from '../harness/pipe-client'

// Agents in terminals, as the window of the app shows them; tmux is a server of the test's own.

const soon = { timeout: 15_000 }
const folder = mkdtempSync(join(tmpdir(), 'waggle-tmux-'))
const log = join(folder, 'log')
const env = { TMUX: '', TMUX_TMPDIR: folder }
const tmux = (...args: string[]) =>
  execFileSync('tmux', args, { env: { ...process.env, ...env }, encoding: 'utf8' }).trim()

let pane: string
let page: Page
let pipe: PipeClient

beforeAll(() => {
  const agent = [process.execPath, resolve('test/terminals/agent.mjs'), log, 'claude']
  const size = ['-x', '100', '-y', '30']
  pane = tmux('-f', '/dev/null', 'new-session', '-d', '-P', '-F', '#{pane_id}', ...size, ...agent)
})
afterAll(() => {
  tmux('kill-server')
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  const desk = await openDesk(launchApp, { env })
  ;({ pipe } = desk)
  const { waggle } = desk
  page = await waggle.app.firstWindow()
  await page.getByRole('button', { name: 'Agents' }).first().click()
})

const row = (name: string) => page.getByRole('option').filter({ hasText: name })

test('one is picked from the panes of tmux, and shown as it stands, with what to do', async () => {
  await page.keyboard.press('a')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Helper')
  await dialog.getByText('waggle wrap Helper -- claude').waitFor()
  await dialog.getByRole('button', { name: `agent.mjs in ${pane}` }).waitFor()
  expect(await axeFindings(page)).toEqual([])
  await dialog.getByRole('button', { name: `agent.mjs in ${pane}` }).click()
  await dialog.waitFor({ state: 'hidden' })
  await row('Helper').getByText(`agent.mjs in tmux ${pane}`).waitFor()
  await expect.poll(() => row('Helper').getByText('ready').isVisible(), soon).toBe(true)
  const { ok, says } = await pipe.call('agent.test', { name: 'Helper' })
  expect([ok, says?.[0]]).toEqual([true, expect.stringContaining('the mark “❯”')])
  const { checks } = await pipe.call('doctor.run', {})
  expect(checks.find(({ name }) => name === 'tmux')).toMatchObject({
    ok: true,
    found: expect.stringMatching(/agent\.mjs in %\d+ \(\S+, Helper\)/) as unknown,
  })
  writeFileSync(`${log}.do`, 'question')
  await row('Helper').getByText('the agent asks something').waitFor(soon)
  const detail = page.getByRole('complementary', { name: 'Helper' })
  await detail.getByText('Answer the agent’s question where it runs').waitFor()
  expect(await axeFindings(page)).toEqual([])
})
