import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { autostartFile, setStartAtLogin, type LoginItemDeps } from '../../src/main/shell/login-item'

let folder: string
let deps: LoginItemDeps

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waggle-login-'))
  deps = {
    platform: 'linux',
    env: { XDG_CONFIG_HOME: folder },
    command: ['/opt/Waggle/waggle'],
    setLoginItem: () => undefined,
  }
})
afterEach(() => rmSync(folder, { recursive: true }))

const entry = () => readFileSync(join(folder, 'autostart', 'waggle.desktop'), 'utf8')

test('on Linux an autostart entry starts it quietly in the tray, and is taken away again', () => {
  setStartAtLogin(true, deps)
  expect(entry()).toMatch(/^\[Desktop Entry\]\nType=Application\nName=Waggle\n/)
  expect(entry()).toContain('\nExec="/opt/Waggle/waggle" "--hidden"\n')
  setStartAtLogin(false, deps)
  expect(existsSync(join(folder, 'autostart', 'waggle.desktop'))).toBe(false)
  setStartAtLogin(false, deps)
})

test('a path with anything in it stays one argument, word for word', () => {
  setStartAtLogin(true, { ...deps, command: ['/opt/my $apps/100% "bees"/waggle'] })
  expect(entry()).toContain(String.raw`Exec="/opt/my \\$apps/100%% \\"bees\\"/waggle" "--hidden"`)
})

test('the folder is the one that the desktop looks in', () => {
  expect(autostartFile({})).toBe(join(homedir(), '.config/autostart/waggle.desktop'))
  expect(autostartFile({ XDG_CONFIG_HOME: 'relative' })).toBe(autostartFile({}))
})

test('Windows and macOS are asked in their own way', () => {
  const asked: unknown[] = []
  const command = ['/Applications/Waggle', '/checkout']
  setStartAtLogin(true, { ...deps, platform: 'darwin', command, setLoginItem: (item) => asked.push(item) })
  expect(asked).toEqual([
    { openAtLogin: true, path: '/Applications/Waggle', args: ['/checkout', '--hidden'] },
  ])
  expect(existsSync(join(folder, 'autostart'))).toBe(false)
})
