import { expect, test } from 'vitest'
import { isAbove, integrityOf, lockTrouble } from '../../src/main/desktop/win32/rights'

// Nobody here is elevated, and no screen is locked: Windows' answers are made up as its documents tell them.

const [MEDIUM, HIGH] = [0x2000, 0x3000] as const
const [TERMINAL, ADMINISTRATOR, CLOSED, GONE] = [10, 20, 30, 40] as const
const levels: Readonly<Record<number, number>> = { [TERMINAL]: MEDIUM, [ADMINISTRATOR]: HIGH }

function windows() {
  const open = new Set<number>()
  const handle = (value: number) => {
    open.add(value)
    return value
  }
  return {
    open,
    OpenProcess: (_rights: number, _inherit: number, pid: number) => (pid === GONE ? 0 : handle(pid)),
    CloseHandle: (value: number) => Number(open.delete(value)),
    OpenProcessToken(process: number, _rights: number, token: number[]) {
      if (process === CLOSED) return 0
      token[0] = handle(process + 1000)
      return 1
    },
    GetTokenInformation(token: number, what: number, label: Buffer, size: number, length: number[]) {
      if (what !== 25 || size < 28) return 0
      // A pointer and flags, then the identifier: revision, how many parts, authority, and the one part.
      label.writeUInt8(1, 16)
      label.writeUInt8(1, 17)
      label.writeUInt32LE(levels[token - 1000] ?? 0, 24)
      length[0] = 28
      return 1
    },
  }
}

test.each([
  ['with our rights', TERMINAL, MEDIUM, false],
  ['as administrator', ADMINISTRATOR, MEDIUM, true],
  ['as administrator while we do, too', ADMINISTRATOR, HIGH, false],
  ['whose rights we may not even look at', CLOSED, HIGH, true],
  ['that is gone', GONE, MEDIUM, false],
])('whether keys reach a program that runs %s is known before they are pressed', (_, pid, own, above) => {
  const system = windows()
  expect(isAbove(pid, own, system)).toBe(above)
  expect(system.open.size).toBe(0)
})

test('a level is read from behind the pointer and the flags', () => {
  expect(integrityOf(ADMINISTRATOR, windows())).toBe(HIGH)
})

test('while Windows shows its lock screen nothing can be delivered, and it is told so; else its handle is given back', () => {
  const closed: number[] = []
  const CloseDesktop = (desktop: number) => closed.push(desktop)
  expect(lockTrouble({ OpenInputDesktop: () => 0, CloseDesktop })).toMatchObject({
    code: 'desktop-unavailable',
  })
  expect(lockTrouble({ OpenInputDesktop: () => 7, CloseDesktop })).toBeUndefined()
  expect(closed).toEqual([7])
})
