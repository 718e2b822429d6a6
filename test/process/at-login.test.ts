import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { projectRoot } from '../../scripts/lib/paths.mjs'

// How an installed Waggle is begun at login: as a unit that is started again, or as it is where there is no systemd.

const unit = join(projectRoot, 'scripts', 'package', 'waggle.service')
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waggle-login-'))
  mkdirSync(join(folder, 'resources', 'bin'), { recursive: true })
  copyFileSync(
    join(projectRoot, 'scripts', 'package', 'waggle-at-login'),
    join(folder, 'resources', 'bin', 'waggle-at-login'),
  )
  writeNotingProgram(join(folder, 'waggle'), 0)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A program that notes its arguments and ends with this code. */
function writeNotingProgram(file: string, code: number): void {
  writeFileSync(file, `#!/bin/sh\necho "$(basename $0) $*" >> '${folder}/ran'\nexit ${code}\n`, {
    mode: 0o755,
  })
}

function begin(): string[] {
  mkdirSync(join(folder, 'path'), { recursive: true })
  const env = { PATH: `${join(folder, 'path')}:/usr/bin:/bin`, DISPLAY: ':7', XDG_SESSION_TYPE: 'x11' }
  spawnSync(join(folder, 'resources', 'bin', 'waggle-at-login'), ['--hidden'], { env })
  return existsSync(join(folder, 'ran')) ? readFileSync(join(folder, 'ran'), 'utf8').trim().split('\n') : []
}

test('where the unit is installed it is started, on the display of this session', () => {
  mkdirSync(join(folder, 'path'))
  writeNotingProgram(join(folder, 'path', 'systemctl'), 0)
  expect(begin()).toEqual([
    'systemctl --user cat waggle.service',
    'systemctl --user import-environment DISPLAY XDG_SESSION_TYPE',
    'systemctl --user start waggle.service',
  ])
})

test('where it is not the app is started itself', () => {
  mkdirSync(join(folder, 'path'))
  writeNotingProgram(join(folder, 'path', 'systemctl'), 1)
  expect(begin().at(-1)).toBe('waggle --hidden')
})

test('the unit starts it again after anything but a clean end', () => {
  expect(readFileSync(unit, 'utf8')).toMatch(/^Restart=on-failure$/m)
})
