import { expect, test } from 'vitest'
import { makeFolder } from '../../src/main/desktop/lock/guarded-fs'
import { patiently } from '../../src/main/patiently'

const refused = (code: string) => Object.assign(new Error(`${code}: not now`), { code })

const make = () => {
  throw refused('EPERM')
}

test.each(['EPERM', 'EBUSY', 'EACCES'])(
  'on Windows a file that another program holds open for a moment (%s) is waited for',
  (code) => {
    let tries = 0
    const act = () => {
      tries += 1
      if (tries < 5) throw refused(code)
      return 'done'
    }
    expect(patiently(act, 'win32', () => undefined)).toBe('done')
  },
)

test('one that is held for good is told of, elsewhere at once, and no other error is waited for', () => {
  let [tries, waitedMs] = [0, 0]
  const act = (code: string) => () => {
    tries += 1
    throw refused(code)
  }
  expect(() => patiently(act('EPERM'), 'win32', (ms) => void (waitedMs += ms))).toThrow('EPERM')
  expect(waitedMs).toBe(2000)
  tries = 0
  expect(() => patiently(act('EPERM'), 'linux')).toThrow('EPERM')
  expect(() => patiently(act('ENOSPC'), 'win32')).toThrow('ENOSPC')
  expect(tries).toBe(2)
})

test('a lock folder that Windows is still removing counts as held, not as one that cannot be made', () => {
  expect(() => makeFolder('lock', make, 'win32')).toThrow(expect.objectContaining({ code: 'EEXIST' }))
  expect(() => makeFolder('lock', make, 'linux')).toThrow(expect.objectContaining({ code: 'EPERM' }))
})
