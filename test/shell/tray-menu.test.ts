import type { MenuItemConstructorOptions } from 'electron'
import { expect, test } from 'vitest'
import { trayMenu, type TrayMenuState } from '../../src/main/shell/tray-menu'

const agents = [
  { name: 'Agent-1', enabled: true },
  { name: 'R&D', enabled: true },
  { name: 'Agent-3', enabled: false },
]
const recent = [
  {
    id: 'id-1',
    to: 'R&D',
    text: '\n  The parser branch is green. Please rebase and take over.',
    state: 'delivered',
  },
] as const
const state: TrayMenuState = {
  sentence: 'Nothing waits',
  paused: false,
  depth: 0,
  agents,
  recent,
  startAtLogin: false,
}

function menuOf(state: TrayMenuState) {
  const clicked: string[] = []
  const note = (what: string) => () => void clicked.push(what)
  const items = trayMenu(state, {
    openWindow: note('open'),
    openMessage: (id) => clicked.push(`message ${id}`),
    write: (to) => clicked.push(`write to ${to}`),
    stop: note('stop'),
    setStartAtLogin: (on) => clicked.push(`login ${on}`),
    pause: note('pause'),
    resume: note('resume'),
    quit: note('quit'),
    sendClipboard: (to) => clicked.push(`clipboard to ${to}`),
  })
  return { items, clicked, click: (...path: string[]) => click(items, path) }
}

function click(items: readonly MenuItemConstructorOptions[], [label, ...rest]: string[]): void {
  const item = items.find((item) => item.label === label)
  if (!item) throw new Error(`no entry ${label}`)
  if (rest.length > 0) return click(item.submenu as MenuItemConstructorOptions[], rest)
  return (item.click as unknown as (item: object) => void)({ checked: !item.checked })
}

test('the menu begins with the state, which cannot be clicked', () => {
  expect(menuOf(state).items[0]).toEqual({ label: 'Nothing waits', enabled: false })
})

test('each entry does what it says', () => {
  const { click, clicked } = menuOf(state)
  click('Open Waggle')
  click('Pause')
  click('Send clipboard to', 'Agent-1')
  click('Send clipboard to', 'Everyone')
  click('Write to', 'Agent-1')
  click('Recent', 'R&&D: delivered · The parser branch is green. Please reba…')
  click('Stop now')
  click('Start at login')
  click('Quit')
  expect(clicked).toEqual([
    'open',
    'pause',
    'clipboard to Agent-1',
    'clipboard to *',
    'write to Agent-1',
    'message id-1',
    'stop',
    'login true',
    'quit',
  ])
})

test('a paused queue offers to resume instead of to pause', () => {
  const { items, click, clicked } = menuOf({ ...state, paused: true })
  click('Resume')
  expect(clicked).toEqual(['resume'])
  expect(items.map(({ label }) => label)).not.toContain('Pause')
})

test('only agents that can be written to are offered, under their whole names', () => {
  const { items, click, clicked } = menuOf(state)
  const submenu = items.find(({ label }) => label === 'Send clipboard to')?.submenu
  const labels = (submenu as MenuItemConstructorOptions[]).map(({ label }) => label)
  expect(labels).toEqual(['Agent-1', 'R&&D', undefined, 'Everyone'])
  click('Send clipboard to', 'R&&D')
  expect(clicked).toEqual(['clipboard to R&D'])
})

test('Quit says what still waits', () => {
  const quits = [0, 1, 3].map((depth) => menuOf({ ...state, depth }).items.at(-1)?.label)
  expect(quits).toEqual(['Quit', 'Quit (1 waits for the next start)', 'Quit (3 wait for the next start)'])
})

test('what is paused cannot be stopped any more', () => {
  const enabled = [false, true].map(
    (paused) => menuOf({ ...state, paused }).items.find(({ label }) => label === 'Stop now')?.enabled,
  )
  expect(enabled).toEqual([true, false])
})

test('without agents the menu says so and offers nobody', () => {
  const submenu = menuOf({ ...state, agents: [] }).items.find(
    ({ label }) => label === 'Send clipboard to',
  )?.submenu
  expect(submenu).toEqual([{ label: 'No agents yet', enabled: false }])
})

test('what would turn the direction of a name is shown', () => {
  const { items } = menuOf({ ...state, agents: [{ name: 'exe\u202etxt', enabled: true }] })
  expect(JSON.stringify(items)).toContain('exe[U+202E]txt')
})
