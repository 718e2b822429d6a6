import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Agent } from '../../src/contract/agent'
import { openSettings } from '../../src/main/roster/open-settings'
import type { Roster } from '../../src/main/roster/roster'
import { SettingsRoster } from '../../src/main/roster/settings-roster'
import { realSettingsFile } from '../harness/settings-file'
import { FakeRoster } from '../fakes/fake-roster'
import { silentLog } from '../fakes/silent-log'

const homes: string[] = []
afterAll(() => homes.forEach((home) => rmSync(home, { recursive: true, force: true })))

async function openReal(home: string): Promise<Roster> {
  const file = await realSettingsFile(home)
  const { agents } = openSettings(home, { file, log: silentLog, say: () => undefined, now: () => 0 })
  return new SettingsRoster({ file, agents, log: silentLog })
}

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'waggle-roster-'))
  homes.push(home)
  return home
}

const agent = (name: string, more: Partial<Agent> = {}): Agent => ({
  name,
  profile: 'chat',
  enabled: true,
  description: '',
  ...more,
})

describe.each([
  ['the fake', () => Promise.resolve<Roster>(new FakeRoster())],
  ['settings.json', () => openReal(newHome())],
])('a roster (%s)', (_name, open) => {
  test('holds what was put, in that order, and replaces by name', async () => {
    const roster = await open()
    roster.put(agent('B'), agent('A'))
    roster.put(agent('B', { at: [1, 2] }))
    expect(roster.list()).toEqual([agent('B', { at: [1, 2] }), agent('A')])
    expect(roster.get('A')).toEqual(agent('A'))
    expect(roster.get('C')).toBeUndefined()
  })

  test('takes any name that the contract allows', async () => {
    const roster = await open()
    const names = ['a.b.c', 'constructor', 'with space', '日本', '7', 'a/b']
    roster.put(...names.map((name) => agent(name)))
    for (const name of names) expect(roster.get(name)).toEqual(agent(name))
    roster.remove('a.b.c')
    expect(roster.get('a.b.c')).toBeUndefined()
  })

  test('a renamed agent keeps its place and all else', async () => {
    const roster = await open()
    roster.put(agent('A', { description: 'first', at: [1, 2] }), agent('B'))
    roster.rename('A', 'C')
    expect(roster.list()).toEqual([agent('C', { description: 'first', at: [1, 2] }), agent('B')])
    expect(() => roster.rename('A', 'D')).toThrow(expect.objectContaining({ code: 1001 }))
  })

  test('undoes an import once: what it brought goes, what it changed is as it was, in its place, all else stays', async () => {
    const roster = await open()
    expect(roster.beforeImport()).toBeUndefined()
    const first = agent('A', { at: [1, 2], description: 'mine' })
    roster.put(first, agent('B'))
    roster.import([agent('A', { at: [3, 4] }), agent('C')])
    roster.put(agent('D'))
    expect([...(roster.beforeImport() ?? [])]).toEqual([
      ['A', first],
      ['C', undefined],
    ])
    roster.undoImport()
    expect(roster.list()).toEqual([first, agent('B'), agent('D')])
    expect(roster.beforeImport()).toBeUndefined()
    roster.undoImport()
    expect(roster.list()).toEqual([first, agent('B'), agent('D')])
  })

  test('refuses to remove what is not there', async () => {
    const roster = await open()
    expect(() => roster.remove('A')).toThrow(expect.objectContaining({ code: 1001 }))
  })

  test('tells of every change once, until asked to stop', async () => {
    const roster = await open()
    const heard: number[] = []
    const stop = roster.onChange((agents) => heard.push(agents.length))
    roster.put(agent('A'), agent('B'))
    roster.remove('A')
    stop()
    roster.put(agent('C'))
    expect(heard).toEqual([2, 1])
  })
})

test('an import can be undone after a restart, and is nothing unknown in the file', async () => {
  const home = newHome()
  const roster = await openReal(home)
  roster.put(agent('A', { at: [1, 2] }))
  roster.import([agent('A'), agent('B')])
  const file = await realSettingsFile(home)
  expect(openSettings(home, { file, log: silentLog, say: () => undefined, now: () => 0 })).toMatchObject({
    unknown: [],
    problems: [],
  })
  const again = await openReal(home)
  again.undoImport()
  expect((await openReal(home)).list()).toEqual([agent('A', { at: [1, 2] })])
})

test('agents are there after a restart, in a file for their owner only', async () => {
  const home = newHome()
  const roster = await openReal(home)
  const calibration = {
    at: '2026-01-01T00:00:00.000Z',
    windowId: '7',
    title: 'A',
    app: 'chat',
    rect: { x: 0, y: 0, width: 3, height: 4 },
  }
  roster.put(agent('a.b', { at: [1, 2], window: 'A|B', calibration }))
  expect((await openReal(home)).list()).toEqual(roster.list())
  expect(statSync(join(home, 'settings.json')).mode & 0o077).toBe(0)
  expect(readFileSync(join(home, 'settings.json'), 'utf8')).toContain('"a.b"')
})
