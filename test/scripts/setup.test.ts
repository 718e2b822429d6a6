import { describe, expect, it } from 'vitest'
import { outOfStep } from '../../scripts/setup/npm-packages.mjs'
import {
  installCommand,
  installedIn,
  missingPackages,
  namesToInstall,
} from '../../scripts/setup/system-packages.mjs'

describe('system packages', () => {
  const gtk = ['libgtk-3-0', 'libgtk-3-0t64'] as const
  const xvfb = ['xvfb'] as const

  it('are missing only when no name of theirs is installed', () => {
    expect(missingPackages([gtk, xvfb], new Set(['libgtk-3-0t64']))).toEqual([xvfb])
    expect(missingPackages([gtk, xvfb], new Set(['libgtk-3-0', 'xvfb']))).toEqual([])
  })

  it('are not installed when dpkg only remembers their settings', () => {
    const listing = 'xvfb installed\nopenbox config-files\nxterm not-installed\n'
    expect([...installedIn(listing)]).toEqual(['xvfb'])
  })

  it('are asked for by the name that this release knows', () => {
    expect(namesToInstall([gtk, xvfb], new Set(['libgtk-3-0t64', 'libgtk-3-0', 'xvfb']))).toEqual([
      'libgtk-3-0t64',
      'xvfb',
    ])
    expect(namesToInstall([gtk], new Set(['libgtk-3-0']))).toEqual(['libgtk-3-0'])
    expect(namesToInstall([gtk], new Set())).toEqual(['libgtk-3-0'])
  })

  it('give an ordinary user one command to copy', () => {
    expect(installCommand(['xvfb', 'openbox'])).toMatch(
      /^sudo apt-get update && sudo apt-get install .* xvfb openbox$/,
    )
  })
})

const lock = (packages: Record<string, { version?: string; optional?: boolean }>) => ({ packages })

describe('npm packages', () => {
  it('are in step when every locked version is installed, whatever other platforms would need', () => {
    const wanted = lock({
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/mac': { version: '2.0.0', optional: true },
    })
    expect(outOfStep(wanted, lock({ 'node_modules/a': { version: '1.0.0' } }))).toEqual([])
  })

  it('are out of step when one is missing, has another version, or nothing is installed', () => {
    const wanted = lock({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } })
    expect(outOfStep(wanted, lock({ 'node_modules/a': { version: '1.0.1' } }))).toEqual([
      'node_modules/a',
      'node_modules/b',
    ])
    expect(outOfStep(wanted, undefined)).toHaveLength(2)
  })

  it('notice an optional package that is installed in another version', () => {
    const wanted = lock({ 'node_modules/tool': { version: '2.0.0', optional: true } })
    expect(outOfStep(wanted, lock({ 'node_modules/tool': { version: '1.0.0' } }))).toEqual([
      'node_modules/tool',
    ])
  })
})
