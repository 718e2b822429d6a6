import type { MenuItemConstructorOptions } from 'electron'
import { expect, test } from 'vitest'
import { trayMenu, type TrayMenuState } from '../../src/main/shell/tray-menu'

const agents = [
  { name: 'Agent-1', enabled: true },
  { name: 'R&D', enabled: true },
  { name: 'Agent-3', enabled: false },
]
const state: TrayMenuState = { sentence: 'Nothing waits', paused: false, agents }

function menuOf(state: TrayMenuState) {
  const clicked: string[] = []
  const note = (what: string) => () => void clicked.push(what)
  const items = trayMenu(state, {
    openWindow: note('open'),
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
  return (item.click as unknown as () => void)()
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
  click('Quit')
  expect(clicked).toEqual(['open', 'pause', 'clipboard to Agent-1', 'clipboard to *', 'quit'])
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

test('without agents the menu says so and offers nobody', () => {
  const submenu = menuOf({ ...state, agents: [] }).items.find(
    ({ label }) => label === 'Send clipboard to',
  )?.submenu
  expect(submenu).toEqual([{ label: 'No agents yet', enabled: false }])
})
