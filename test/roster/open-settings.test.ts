import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { withLastGood } from '../../src/main/roster/last-good'
import { newAgent } from '../../src/main/roster/new-agent'
import { openSettings } from '../../src/main/roster/open-settings'
import { SettingsRoster } from '../../src/main/roster/settings-roster'
import { silentLog } from '../fakes/silent-log'
import { realSettingsFile } from '../harness/settings-file'

let home: string
let said: string[]
/** What the person at the desk is told. */
let told: string[]
const say = (_title: string, sentence: string) => void told.push(sentence)
const log = { ...silentLog, error: (sentence: string) => void said.push(sentence) }

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'waggle-settings-'))
  said = []
  told = []
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const path = () => join(home, 'settings.json')
const broken = () => readdirSync(home).filter((name) => name.startsWith('settings.json.broken-'))

async function open(content?: string) {
  if (content !== undefined) writeFileSync(path(), content)
  const file = await realSettingsFile(home)
  return { file, ...openSettings(home, { file, log, say, now: () => Date.UTC(2026, 0, 1) }) }
}

test('a home without settings has the defaults, and nothing is said', async () => {
  const { settings } = await open()
  expect(settings).toMatchObject({
    profiles: {},
    lock: { retryMs: 100, retryMaxMs: 2000, timeoutMs: 30_000 },
  })
  expect([...said, ...told]).toEqual([])
})

describe('a damaged file', () => {
  test.each(['', '{"agents": {"A', 'null', '[1]'])(
    '%j: what held last is used, and said to the person',
    async (content) => {
      await open('{"agents":{"A":{"at":[1,2]}},"theme":"dark","later":1}')
      const { agents, settings, problems } = await open(content)
      expect(Object.keys(agents)).toEqual(['A'])
      expect(settings.theme).toBe('dark')
      expect(problems).toEqual([
        expect.stringMatching(/is kept as .*broken-.*, and what held on \d{4}-.* is used/),
      ])
      expect(told).toEqual([`settings.json: ${problems[0]}.`])
      expect(readFileSync(join(home, broken()[0] ?? ''), 'utf8')).toBe(content)
      expect(JSON.parse(readFileSync(path(), 'utf8'))).toMatchObject({ theme: 'dark', later: 1 })
      expect((await open()).problems, 'the next start finds all in order').toEqual([])
    },
  )

  test('falls back on what was written last, not on what was read at the start', async () => {
    const { file, agents } = await open('{"theme":"dark"}')
    new SettingsRoster({ file: withLastGood(file, home, log), agents, log }).put(newAgent('B'))
    const again = await open('{')
    expect(Object.keys(again.agents)).toEqual(['B'])
    expect(again.settings.theme).toBe('dark')
  })

  test('whose copy is damaged, too, leaves the defaults', async () => {
    await open('{"theme":"dark"}')
    writeFileSync(join(home, 'settings.last-good.json'), '{')
    expect((await open('{')).problems).toEqual([expect.stringContaining('starts with defaults')])
  })
})

test('what is set counts, what is not has its default, and what is unknown stays in the file', async () => {
  const { settings, file, agents } = await open('{"lock":{"timeoutMs":5000},"later":{"x":1}}')
  expect(settings.lock).toMatchObject({ timeoutMs: 5000, retryMs: 100 })
  new SettingsRoster({ file, agents, log }).put({
    name: 'A',
    profile: 'chat',
    enabled: true,
    description: '',
  })
  expect(JSON.parse(readFileSync(path(), 'utf8'))).toMatchObject({
    later: { x: 1 },
    lock: { timeoutMs: 5000 },
  })
  expect(broken()).toEqual([])
})

test('an agent may be written by hand in its shortest form', async () => {
  const { agents } = await open('{"agents":{"A":{"at":[1,2]}}}')
  expect(agents).toEqual({
    A: { name: 'A', at: [1, 2], profile: 'chat', enabled: true, description: '' },
  })
})

test.each(['{"agents": {', '[]', '7', ''])(
  'the broken file %j is kept aside and the start goes on',
  async (content) => {
    const { agents } = await open(content)
    expect(agents).toEqual({})
    expect(broken()).toEqual(['settings.json.broken-2026-01-01T00-00-00.000Z'])
    expect(readFileSync(join(home, broken()[0] ?? ''), 'utf8')).toBe(content)
    expect(said.join()).toContain('kept as')
  },
)

test('a slip in one agent or field loses no other, and is named', async () => {
  const content = JSON.stringify({
    agents: { Good: { at: [1, 2] }, Bad: { at: ['x', 2] }, Worse: 7 },
    lock: { retryMs: -5 },
    queue: { limit: 77 },
  })
  const { settings, agents } = await open(content)
  expect(Object.keys(agents)).toEqual(['Good'])
  expect(settings).toMatchObject({ queue: { limit: 77 }, lock: { retryMs: 100 } })
  expect(said).toEqual(
    expect.arrayContaining([
      expect.stringContaining('agent "Bad", at.0'),
      expect.stringContaining('agent "Worse"'),
      expect.stringContaining('lock.retryMs'),
    ]),
  )
  expect(told).toEqual([expect.stringContaining('agent "Bad", at.0')])
  expect(readFileSync(join(home, broken()[0] ?? ''), 'utf8')).toBe(content)
})

test('a slip in one field of a group, or in one profile, loses no other', async () => {
  const { settings, problems } = await open(
    '{"delivery":{"attempts":0,"retryMs":77},"profiles":{"mine":{"submit":"none"},"chat":{},"bad":{"paste":"x"}}}',
  )
  expect(settings.delivery).toEqual({ attempts: 5, retryMs: 77 })
  expect(settings.profiles).toEqual({ mine: { base: 'chat', submit: 'none' } })
  expect(problems.join()).toMatch(/delivery\.attempts.*profiles\.(?:chat|bad\.paste).*kept as/)
})

test('what was mended is not said again at the next start', async () => {
  await open('{"agents":{"Good":{"at":[1,2]},"Bad":{"at":7}}}')
  said = []
  told = []
  const { agents } = await open()
  expect(Object.keys(agents)).toEqual(['Good'])
  expect({ said, told, kept: broken().length }).toEqual({ said: [], told: [], kept: 1 })
})

test('a file broken while Waggle runs is not written over: the change is refused and the roster stays', async () => {
  const { file, agents } = await open('{"agents":{"A":{"at":[1,2]}}}')
  const roster = new SettingsRoster({ file, agents, log })
  writeFileSync(path(), '{ half edited')
  expect(() => roster.remove('A')).toThrow('settings.json cannot be read')
  expect(roster.get('A')).toBeDefined()
  expect(readFileSync(path(), 'utf8')).toBe('{ half edited')
})
