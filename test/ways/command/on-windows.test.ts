import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startable } from '../../../src/main/ways/command/startable'
import { FakeClock } from '../../fakes/fake-clock'
import { isRunning } from '../../harness/processes'
import { agent } from '../../queue/courier-desk'
import { awkward, commands, type Commands } from './commands'

// What is Windows' alone: programs are found by the end of their names, and npm installs batch files in their place.

let opened: Commands
let env: NodeJS.ProcessEnv
beforeEach(() => {
  opened = commands()
  // As Windows writes it.
  env = { ...process.env, Path: opened.folder, PATH: undefined }
})
afterEach(() => opened.end())

const HEAD =
  '@ECHO off\nGOTO start\n:find_dp0\nSET dp0=%~dp0\nEXIT /b\n:start\nSETLOCAL\nCALL :find_dp0\n'.replaceAll(
    '\n',
    '\r\n',
  )

/** As npm 11 writes it (cmd-shim 9). */
const shimOf = (target: string, { prog = 'node', flags = '', variables = '' } = {}) =>
  `${HEAD}${variables}\r\nIF EXIST "%dp0%\\${prog}.exe" (\r\n  SET "_prog=%dp0%\\${prog}.exe"\r\n) ELSE (\r\n  SET "_prog=${prog}"\r\n)\r\n\r\n` +
  `endLocal & goto #_undefined_# 2>NUL || title %COMSPEC% & set PATHEXT=%PATHEXT:;.JS;=;% & "%_prog%" ${flags} "%dp0%\\${target}" %*\r\n`

function batch(name: string, text: string): string {
  writeFileSync(opened.at(name), text)
  return opened.at(name)
}

const script = 'node_modules\\codex\\bin\\codex.js'

test('a program of npm’s is found by its bare name and run without the batch file that stands for it, with the text as it is', async () => {
  mkdirSync(dirname(opened.at(script)), { recursive: true })
  opened.script(
    script,
    `writeFileSync('got', process.argv.slice(2).join('|')); console.log(process.execArgv.join())`,
  )
  batch('codex.cmd', shimOf(script, { flags: '--no-warnings' }))
  // What npm writes for other shells, which Windows cannot run.
  batch('codex', '#!/bin/sh\n')
  const text = `${awkward} %PATH% !PATH! ^& echo > RAN`
  const withNode = { ...env, Path: `${opened.folder};${dirname(process.execPath)}` }
  const delivery = await opened.deliver(['codex', '--message', '{text}'], { text, env: withNode })
  expect(delivery).toMatchObject({ state: 'delivered', output: '--no-warnings' })
  expect(readFileSync(opened.at('got'), 'utf8')).toBe(`--message|${text}`)
  expect(existsSync(opened.at('RAN'))).toBe(false)
})

test('behind a batch file of npm’s stands a program, or Node and a script; Node beside it goes before the one in the path', () => {
  batch('claude.cmd', `${HEAD}"%dp0%\\claude\\claude.exe"   %*\r\n`)
  expect(startable(['claude', '{text}'], env)).toEqual({
    file: opened.at('claude\\claude.exe'),
    args: ['{text}'],
  })
  batch('codex.cmd', shimOf(script))
  batch('node.exe', '')
  const args = [opened.at(script), '{text}']
  expect(startable(['codex.cmd', '{text}'], env)).toEqual({ file: opened.at('node.exe'), args })
  batch('codex.exe', '')
  expect(startable(['codex', '{text}'], env)).toEqual({ file: opened.at('codex.exe'), args: ['{text}'] })
})

test.each([
  ['one of a person’s own', '@node take.js %*\r\n'],
  ['one of npm’s for another program than Node', shimOf(script, { prog: 'bun' })],
  ['one of npm’s that sets variables', shimOf(script, { variables: '@SET A=b\r\n' })],
])('no text is put into the line of a batch file: %s', async (_what, text) => {
  batch('mine.bat', `@echo > ran\r\n${text}`)
  batch('node.exe', '')
  const delivery = await opened.deliver(['mine', '{text}'], { env })
  expect(delivery).toMatchObject({ state: 'not-submitted', failure: { code: 'not-calibrated' } })
  const trouble = await opened
    .way({ env })
    .ready(agent('A', { way: 'command', command: ['mine', '{text}'] }), 'normal')
  expect(trouble?.message).toMatch(/mine\.bat is a batch file.* Leave \{text\} out/)
  expect(existsSync(opened.at('ran'))).toBe(false)
})

test('a batch file gets the text on stdin and its own words as they are, but those that nothing can quote', async () => {
  const take = opened.script(
    'take it.cjs',
    `writeFileSync('got', process.argv.slice(2).join('|') + readFileSync(0))`,
  )
  const mine = batch('take & it.cmd', `@"${process.execPath}" "${take}" %*\r\n`)
  const words = ['--to', 'a & echo > RAN', '^!PATH! (b)', '']
  expect(await opened.deliver([mine, ...words], { text: awkward })).toMatchObject({ state: 'delivered' })
  expect(readFileSync(opened.at('got'), 'utf8')).toBe(words.join('|') + awkward)
  expect(existsSync(opened.at('RAN'))).toBe(false)
  for (const word of ['%PATH%', 'a "b"', 'two\nlines', 'C:\\'])
    expect(startable([mine, word], env)).toMatch(/cannot be given/)
})

test('what a batch file has started ends with it', async () => {
  const runs = opened.script(
    'runs.cjs',
    `writeFileSync('pid', String(process.pid)); writeFileSync('runs', ''); until('never')`,
  )
  const clock = new FakeClock()
  const mine = batch('mine.cmd', `@"${process.execPath}" "${runs}"\r\n`)
  const delivering = opened.deliver([mine], { clock, limitMs: 300 })
  await expect.poll(() => existsSync(opened.at('runs'))).toBe(true)
  await clock.advance(300)
  expect(await delivering).toMatchObject({ state: 'in-doubt' })
  await expect.poll(() => isRunning(readFileSync(opened.at('pid'), 'utf8'))).toBe(false)
})
