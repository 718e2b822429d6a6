import { statSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FakeClock } from '../../fakes/fake-clock'
import { commands, type Commands } from './commands'

// What a command is beside what it is everywhere: signals and rights of files.

let opened: Commands
beforeEach(() => (opened = commands()))
afterEach(() => opened.end())

test('one that ends in order when it is told to has proven nothing by that', async () => {
  const clock = new FakeClock()
  const run = opened.program(
    `process.on('SIGTERM', () => process.exit(0)); writeFileSync('runs', ''); setInterval(() => undefined, 1000)`,
  )
  const delivering = opened.deliver(run, { clock, limitMs: 300 })
  await expect.poll(() => statSync(opened.at('runs'), { throwIfNoEntry: false })).toBeDefined()
  await clock.advance(300)
  expect(await delivering).toMatchObject({ state: 'in-doubt' })
})

test('what it makes has the rights that the person’s own files have', async () => {
  const before = process.umask(0o077)
  try {
    await opened.deliver(opened.program(`writeFileSync('made', '')`))
    expect(process.umask()).toBe(0o077)
  } finally {
    process.umask(before)
  }
  expect(statSync(opened.at('made')).mode & 0o777).toBe(0o644)
})

test('a script of a shell is a program as any other', async () => {
  const { output } = await opened.deliver([opened.executable('#!/bin/sh\necho "$1"\n'), '{text}'], {
    text: '$HOME',
  })
  expect(output).toBe('$HOME')
})
