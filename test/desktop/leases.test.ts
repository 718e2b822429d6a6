import { beforeEach, expect, test } from 'vitest'
import { createLeases, type Leases } from '../../src/main/desktop/lock/leases'
import { TurnTimeout } from '../../src/main/desktop/lock/turn-errors'
import { FakeClock, settle } from '../fakes/fake-clock'
import { FakeTurns } from '../fakes/fake-turns'
import { silentLog } from '../fakes/silent-log'

let clock: FakeClock
let turns: FakeTurns
let leases: Leases
let happened: string[]
let giveBack: () => Promise<void>

beforeEach(() => {
  clock = new FakeClock()
  turns = new FakeTurns()
  happened = []
  giveBack = async () => void happened.push('given back')
  let number = 0
  leases = createLeases({
    turns,
    giveBack: () => giveBack(),
    clock,
    log: silentLog,
    newId: () => `lease-${(number += 1)}`,
  })
})

const staying = () => new AbortController().signal
const delivery = (name: string) =>
  turns.withTurn(name, async () => {
    happened.push(name)
  })

test('a lease begins once deliveries before it have ended and the person has everything back; later ones wait', async () => {
  const before = delivery('delivery before')
  const lease = await leases.acquire({ reason: 'a script' }, staying())
  const after = delivery('delivery after')
  await before
  await settle()
  expect(happened).toEqual(['delivery before', 'given back'])
  leases.release(lease)
  await after
  expect(happened).toEqual(['delivery before', 'given back', 'delivery after'])
})

test('the holder is named while a lease lasts, and told of when it begins and ends', async () => {
  const heard: (string | undefined)[] = []
  leases.onChange(() => heard.push(leases.holder()?.reason))
  const lease = await leases.acquire({ reason: 'a script', pid: 7 }, staying())
  expect(leases.holder()).toEqual({ reason: 'a script', pid: 7, since: '2026-01-01T00:00:00.000Z' })
  leases.release(lease)
  await settle()
  expect(leases.holder()).toBeUndefined()
  expect(heard).toEqual(['a script', undefined])
})

test('a lease ends with its connection, and then is no lease any more', async () => {
  const connection = new AbortController()
  const lease = await leases.acquire({ reason: 'a script' }, connection.signal)
  connection.abort(new Error('the client is gone'))
  await delivery('delivery')
  expect(happened).toContain('delivery')
  expect(() => leases.release(lease)).toThrow(expect.objectContaining({ code: 1003 }))
})

test('at the end all who wait are refused, and who has the desktop keeps it until they go', async () => {
  const connection = new AbortController()
  await leases.acquire({ reason: 'first' }, connection.signal)
  const waiting = leases.acquire({ reason: 'second' }, staying())
  leases.close()
  await expect(waiting).rejects.toMatchObject({ code: 1009 })
  expect(leases.holder()?.reason).toBe('first')
  connection.abort(new Error('the client is gone'))
  await delivery('delivery')
  expect(happened).toContain('delivery')
})

test('one who left while waiting gets no lease and holds nobody up', async () => {
  const first = await leases.acquire({ reason: 'first' }, staying())
  const connection = new AbortController()
  const second = leases.acquire({ reason: 'second' }, connection.signal)
  const third = leases.acquire({ reason: 'third' }, staying())
  connection.abort(new Error('the client is gone'))
  await expect(second).rejects.toThrow('the client is gone')
  leases.release(first)
  expect(await third).toBe('lease-2')
})

test('a connection that closes in the moment of the lease leaves none behind', async () => {
  const connection = new AbortController()
  giveBack = async () => connection.abort(new Error('the client is gone'))
  await expect(leases.acquire({ reason: 'a script' }, connection.signal)).rejects.toThrow('gone')
  await delivery('delivery')
  expect(leases.holder()).toBeUndefined()
})

test('who waits longer than asked is refused with the holder named, and is out of the line', async () => {
  const first = await leases.acquire({ reason: 'screenshots', pid: 7 }, staying())
  const late = leases.acquire({ reason: 'late', timeoutMs: 2000 }, staying())
  const refusal = expect(late).rejects.toMatchObject({
    code: 1005,
    message: expect.stringMatching(/2 s.*process 7: screenshots/) as unknown,
  })
  await clock.advance(2000)
  await refusal
  leases.release(first)
  await delivery('delivery')
  expect(leases.holder()).toBeUndefined()
})

test('a lock that is busy for long is waited for all the same, as long as was asked', async () => {
  turns.refusals.push(new TurnTimeout('busy'), new TurnTimeout('busy'))
  expect(await leases.acquire({ reason: 'a script' }, staying())).toBe('lease-1')
})

test('an error of the lock is told, and the next one has its turn', async () => {
  turns.refusals.push(new Error('the disk is full'))
  await expect(leases.acquire({ reason: 'a script' }, staying())).rejects.toThrow('the disk is full')
  expect(await leases.acquire({ reason: 'another' }, staying())).toBe('lease-1')
})
