import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { cleanUp, waggle } from './programs'
import { buildWays, endAll, ended, send, startWays, until } from './terminals'

// An agent that takes its messages by a command, as a person sets it: the real command line, queue and database.

let folder: string
beforeAll(async () => {
  await buildWays()
  folder = mkdtempSync(join(tmpdir(), 'waggle-command-'))
})
afterEach(endAll)
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await cleanUp()
})

function program(script: string): string {
  const path = join(folder, 'an agent')
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  return path
}

test('set by one line, it gets the text as its command says, and what that said is shown', async () => {
  const server = await startWays()
  const path = program(`echo "$1:$2" >> '${folder}/got'; echo "queued as 7"; [ "$2" != no ]`)
  const set = await waggle(server.home, ['agents', 'set', 'C', '--command', `'${path}' --say {text}`])
  expect([set.code, set.err]).toEqual([0, ''])
  expect(set.out).toContain('command ')
  const done = await ended(server, await send(server, 'C', "it's; touch RAN"))
  expect(done).toMatchObject({ state: 'delivered', proof: 'accepted' })
  const id = await send(server, 'C', 'no')
  const failed = await ended(server, id)
  expect(failed).toMatchObject({ state: 'failed', failure: { code: 'not-accepted' } })
  expect(failed.failure?.message).toContain('exit code 1. It said: queued as 7')
  expect(readFileSync(join(folder, 'got'), 'utf8')).toBe("--say:it's; touch RAN\n--say:no\n")
  const { out } = await waggle(server.home, ['show', id])
  expect(out).toMatch(/its command said:\n {4}queued as 7/)
  await server.kill()
})

test('a crash of Waggle while it runs leaves the message in doubt, and it is not run again', async () => {
  const server = await startWays()
  const path = program(`echo run >> '${folder}/runs'; while kill -0 $PPID 2>/dev/null; do sleep 0.1; done`)
  await waggle(server.home, ['agents', 'set', 'C', '--command', `'${path}'`])
  const id = await send(server, 'C', 'hello')
  await until(() => existsSync(join(folder, 'runs')))
  await server.kill()
  const again = await startWays(server.home)
  await waggle(again.home, ['agents', 'set', 'C', '--command', `'${path}'`])
  expect(await ended(again, id)).toMatchObject({ state: 'in-doubt' })
  expect(readFileSync(join(folder, 'runs'), 'utf8')).toBe('run\n')
  await again.kill()
})

test('a command that is still to read its text when Waggle is killed gets all of it', async () => {
  const server = await startWays()
  const [here, go, got] = ['here', 'go', 'read'].map((name) => join(folder, name))
  const path = program(
    `touch '${here}'; while [ ! -e '${go}' ]; do sleep 0.05; done; cat > '${got}.part'; mv '${got}.part' '${got}'`,
  )
  await waggle(server.home, ['agents', 'set', 'C', '--command', `'${path}'`])
  const text = `begin ${'x'.repeat(60_000)} end`
  await send(server, 'C', text)
  await until(() => existsSync(here ?? ''))
  await server.kill()
  writeFileSync(go ?? '', '')
  await until(() => existsSync(got ?? ''))
  expect(readFileSync(got ?? '', 'utf8')).toBe(text)
})

test('what only a shell could do is refused', async () => {
  const server = await startWays()
  const { code, err } = await waggle(server.home, [
    'agents',
    'set',
    'C',
    '--command',
    'mine {text} | tee log',
  ])
  expect(code).toBe(2)
  expect(err).toContain('without a shell')
  const shell = await waggle(server.home, ['agents', 'set', 'C', '--command', 'sh -c "echo {text}"'])
  expect(shell.code).toBe(2)
  expect(shell.err).toContain('would run the text as a command')
  await server.kill()
})
