import { expect, test } from 'vitest'
import type { Agent } from '../../src/contract/agent'
import { readingChecks } from '../../src/main/doctor/reading-checks'
import { readingOf, type ReadingDeps } from '../../src/main/doctor/readings'
import { newAgent } from '../../src/main/roster/new-agent'
import { FakeClock } from '../fakes/fake-clock'
import { FakeTree, type FakeTreeWindow } from '../fakes/fake-tree'

const rect = { x: 0, y: 0, width: 300, height: 200 }
const point = { x: 150, y: 180 }
const agent: Agent = { ...newAgent('Agent-1'), at: [150, 180] }

interface Case {
  readonly app?: string
  readonly program?: string
  readonly mayCopy?: boolean
  /** What is different about its window in the tree. */
  readonly window?: Partial<FakeTreeWindow>
  /** Whether the tree was on when its program started. */
  readonly startedOn?: boolean
  readonly treeOn?: boolean
}

async function read({
  app = 'Claude',
  program = 'electron',
  mayCopy = true,
  window = {},
  startedOn = true,
  treeOn = true,
}: Case) {
  const tree = new FakeTree(new FakeClock())
  tree.on = startedOn
  Object.assign(tree.openWindow({ pid: 7, title: 'A chat', rect, point }), window)
  tree.on = treeOn
  const deps: ReadingDeps = {
    tree,
    locate: async () => ({
      window: { id: '1', title: 'A chat', app, rect, minimized: false, pid: 7 },
      point,
    }),
    mayCopy: () => mayCopy,
    isMarked: (one) => one === 'XTerm',
    programOf: () => program,
  }
  return readingOf(agent, deps)
}

const cure = (why: string) => `The cure of “${why}” for A chat.`

test.each<[string, Case, object]>([
  ['an input that the tree shows', {}, { lookedAtBy: 'tree' }],
  ['one that is disabled for now', { window: { isDisabled: true } }, { lookedAtBy: 'tree' }],
  [
    'one in a covered window',
    { window: { unreadable: 'page-empty' } },
    { lookedAtBy: 'tree', why: 'once its window is shown', cure: cure('page-empty') },
  ],
  [
    'one whose editor shows the tree nothing',
    { window: { sure: 'weak' } },
    { lookedAtBy: 'copy', why: 'its editor keeps its text out of the tree' },
  ],
  ['one while the tree is off', { startedOn: false, treeOn: false }, { lookedAtBy: 'copy' }],
  [
    'one of a program started before the tree was on',
    { startedOn: false },
    { lookedAtBy: 'copy', why: 'its program shows no tree', cure: cure('not-registered') },
  ],
  [
    'one that has moved away',
    { window: { hasInput: false } },
    { lookedAtBy: 'copy', why: 'its input is not found in the tree', cure: cure('no-input') },
  ],
  [
    'one of a program that hangs',
    { window: { unreadable: 'timeout' } },
    { lookedAtBy: 'copy', why: 'its program does not answer', cure: cure('timeout') },
  ],
])('%s: how it is read, why so, and the one thing to do', async (_what, given, expected) => {
  expect(await read(given)).toEqual({ name: 'Agent-1', ...expected })
})

test('Java is told its start option, not to be restarted', async () => {
  const reading = await read({ program: 'java', startedOn: false })
  expect(reading).toMatchObject({ lookedAtBy: 'copy' })
  expect(reading?.cure).toContain('-Djavax.accessibility.assistive_technologies=')
})

test('a terminal without a tree is not copied from, and not read', async () => {
  const reading = await read({ mayCopy: false, startedOn: false })
  expect(reading).toMatchObject({ lookedAtBy: 'none' })
  expect(reading?.cure).toContain('gnome-terminal')
})

test('a terminal that is read by marking its text says so, whatever its tree', async () => {
  const reading = await read({ app: 'XTerm', mayCopy: false, startedOn: false })
  expect(reading).toMatchObject({
    lookedAtBy: 'screen',
    why: expect.stringContaining('marked with the mouse') as unknown,
  })
  expect(reading).not.toHaveProperty('cure')
})

test.each(['Code', 'cursor', 'Windsurf', 'VSCodium'])('%s is told the setting of its editor', async (app) => {
  expect(await read({ app })).toMatchObject({
    lookedAtBy: 'tree',
    cure: expect.stringContaining('"editor.accessibilitySupport": "off"') as unknown,
  })
  expect(await read({ app, treeOn: false, startedOn: false })).not.toHaveProperty('cure')
})

test('a window that is not there is not read, and neither is one that nobody can say the process of', async () => {
  const deps = {
    tree: new FakeTree(new FakeClock()),
    mayCopy: () => true,
    isMarked: () => false,
    programOf: () => '',
  }
  const missing = { code: 'window-missing', message: 'gone' } as const
  expect(await readingOf(agent, { ...deps, locate: async () => missing })).toBeUndefined()
  const window = { id: '1', title: 'A chat', app: 'x', rect, minimized: false }
  expect(await readingOf(agent, { ...deps, locate: async () => ({ window, point }) })).toMatchObject({
    lookedAtBy: 'copy',
  })
})

const one = { name: 'A', lookedAtBy: 'copy' } as const

test('the question is asked until it is answered, and never as a fault', () => {
  const state = { offered: true, on: false, agents: [] }
  const [asked] = readingChecks(state)
  expect(asked).toMatchObject({ ok: 'warning', fix: 'desktop.tree' })
  expect(asked?.remedy).toContain('Let Waggle read your agents’ inputs by the accessibility tree?')
  for (const answered of [
    { ...state, chosen: false },
    { ...state, chosen: true, on: true },
    { ...state, on: true },
  ]) {
    const checks = readingChecks({ ...answered, agents: [one] })
    expect(checks.map(({ ok }) => ok)).toEqual([true, true])
    expect(checks.map(({ remedy }) => remedy)).toEqual([undefined, undefined])
  }
})

test('a switch that did not hold what was chosen is found', () => {
  expect(readingChecks({ offered: true, on: false, chosen: true, agents: [] })[0]).toMatchObject({
    ok: 'warning',
    remedy: expect.stringContaining('at-spi2-core') as unknown,
  })
})

test('where no tree can be read, nobody is asked', () => {
  expect(readingChecks({ offered: false, on: false, agents: [one] }).map(({ name }) => name)).toEqual([
    'Read by copying',
  ])
})

test('agents are told by how they are read, with every cure once', () => {
  const before = { why: 'its program shows no tree', cure: 'Restart Cursor once.' }
  const checks = readingChecks({
    offered: true,
    on: true,
    chosen: true,
    agents: [
      { name: 'A', lookedAtBy: 'tree' },
      { name: 'B', lookedAtBy: 'copy', ...before },
      { name: 'C', lookedAtBy: 'copy', ...before },
      { name: 'D', lookedAtBy: 'copy' },
      { name: 'E', lookedAtBy: 'none', why: 'it shows nothing', cure: 'Use another terminal.' },
      { name: 'F', lookedAtBy: 'screen' },
    ],
  }).slice(1)
  expect(checks).toEqual([
    { name: 'Read by the tree', ok: true, found: 'A.' },
    { name: 'Read by the screen', ok: true, found: 'F.' },
    {
      name: 'Read by copying',
      ok: 'warning',
      found: 'D. B, C: its program shows no tree.',
      remedy: 'Restart Cursor once.',
    },
    { name: 'Not read', ok: 'warning', found: 'E: it shows nothing.', remedy: 'Use another terminal.' },
  ])
})

test('agents that live in no window are not looked for on the desktop, and none of them is amiss', async () => {
  const deps = {
    tree: new FakeTree(new FakeClock()),
    mayCopy: () => true,
    isMarked: () => false,
    programOf: () => '',
    locate: async () => Promise.reject(new Error('looked for')),
  }
  const readings = await Promise.all(
    (['terminal', 'tmux', 'command', 'inbox'] as const).map(async (way) =>
      readingOf({ ...agent, way }, deps),
    ),
  )
  expect(readings.map((one) => one?.lookedAtBy)).toEqual(['screen', 'screen', 'none', 'none'])
  const agents = readings.filter((one) => one !== undefined)
  expect(readingChecks({ offered: true, on: true, agents }).filter(({ ok }) => ok !== true)).toEqual([])
})
