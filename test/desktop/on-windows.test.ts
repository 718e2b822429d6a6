import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from '../../src/main/clock'
import { LockUnusable } from '../../src/main/desktop/lock/turn-errors'
import { createTurns } from '../../src/main/desktop/lock/turns'
import { prepareHome } from '../../src/main/home'
import { silentLog } from '../fakes/silent-log'

test('a home and a lock whose names Windows takes for something else are refused, and nothing is made there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'waggle-names-'))
  try {
    expect(() => prepareHome(join(folder, 'con'))).toThrow(/Windows takes “con”.*Set WAGGLE_HOME/)
    const lock = { path: join(folder, 'a:b'), retryMs: 2, retryFactor: 2, retryMaxMs: 20, timeoutMs: 0 }
    const turns = createTurns({ lock: () => lock, clock: systemClock, log: silentLog })
    await expect(turns.withTurn('mine', async () => undefined)).rejects.toThrow(LockUnusable)
    expect(readdirSync(folder)).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
