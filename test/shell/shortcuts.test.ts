import { beforeEach, expect, test } from 'vitest'
import { createShortcuts } from '../../src/main/shell/shortcuts'

/** The system's list of global shortcuts, as Electron's globalShortcut keeps it. */
class System {
  readonly ours = new Map<string, () => void>()
  readonly taken = new Set<string>()
  register = (accelerator: string, act: () => void): boolean => {
    if (accelerator === 'Nonsense') throw new Error('Error processing argument')
    if (this.taken.has(accelerator) || this.ours.has(accelerator)) return false
    this.ours.set(accelerator, act)
    return true
  }
  unregister = (accelerator: string): void => void this.ours.delete(accelerator)
}

let system: System
let done: string[]
let problems: readonly string[]
let shortcuts: ReturnType<typeof createShortcuts<'quickSend' | 'stop'>>

beforeEach(() => {
  system = new System()
  done = []
  problems = []
  shortcuts = createShortcuts({
    system,
    actions: { quickSend: () => done.push('quick send'), stop: () => done.push('stop') },
    words: { quickSend: 'opens quick send', stop: 'stops deliveries' },
    log: { warn: () => undefined },
    report: (now) => void (problems = now),
  })
})

test('each shortcut does what it is for', () => {
  shortcuts.use({ quickSend: 'Ctrl+Alt+N', stop: 'Ctrl+Alt+.' })
  system.ours.get('Ctrl+Alt+.')?.()
  system.ours.get('Ctrl+Alt+N')?.()
  expect(done).toEqual(['stop', 'quick send'])
})

test('a changed shortcut holds at once, and the one before is let go', () => {
  shortcuts.use({ quickSend: 'Ctrl+Alt+N', stop: 'Ctrl+Alt+.' })
  shortcuts.use({ quickSend: 'Ctrl+Alt+M', stop: 'Ctrl+Alt+.' })
  expect([...system.ours.keys()].toSorted()).toEqual(['Ctrl+Alt+.', 'Ctrl+Alt+M'])
})

test('two shortcuts can change places', () => {
  shortcuts.use({ quickSend: 'Ctrl+Alt+N', stop: 'Ctrl+Alt+.' })
  shortcuts.use({ quickSend: 'Ctrl+Alt+.', stop: 'Ctrl+Alt+N' })
  system.ours.get('Ctrl+Alt+.')?.()
  expect([done, problems]).toEqual([['quick send'], []])
})

test('one that another program has is said to be so, and is had once it is free', () => {
  system.taken.add('Ctrl+Alt+N')
  shortcuts.use({ quickSend: 'Ctrl+Alt+N', stop: 'Ctrl+Alt+.' })
  expect(problems).toEqual([
    'shortcuts.quickSend: Ctrl+Alt+N, which opens quick send, does not work: another program has it. Choose another one.',
  ])
  system.taken.clear()
  shortcuts.use({ quickSend: 'Ctrl+Alt+N', stop: 'Ctrl+Alt+.' })
  expect(problems).toEqual([])
  expect(system.ours.has('Ctrl+Alt+N')).toBe(true)
})

test('the same keys for two things are said to be taken by the other one', () => {
  shortcuts.use({ quickSend: 'Ctrl+Alt+N', stop: 'Ctrl+Alt+N' })
  expect(problems).toEqual([
    'shortcuts.stop: Ctrl+Alt+N, which stops deliveries, does not work: it is the shortcut that opens quick send. Choose another one.',
  ])
})

test('one that the system does not understand is said, and the others work', () => {
  shortcuts.use({ quickSend: 'Nonsense', stop: 'Ctrl+Alt+.' })
  expect(problems).toHaveLength(1)
  expect(system.ours.has('Ctrl+Alt+.')).toBe(true)
})

test('an empty shortcut is none, and none is left at the end', () => {
  shortcuts.use({ quickSend: '', stop: 'Ctrl+Alt+.' })
  expect([problems, [...system.ours.keys()]]).toEqual([[], ['Ctrl+Alt+.']])
  shortcuts.close()
  expect(system.ours.size).toBe(0)
})
