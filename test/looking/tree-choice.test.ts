import { expect, test } from 'vitest'
import { createTreeChoice } from '../../src/main/looking/tree-choice'
import { FakeClock, settle } from '../fakes/fake-clock'
import { FakeSettingsFile, fakeSettings } from '../fakes/fake-settings'
import { FakeTree } from '../fakes/fake-tree'
import { silentLog } from '../fakes/silent-log'

const place = {
  pid: 7,
  title: 'A chat',
  rect: { x: 0, y: 0, width: 300, height: 200 },
  point: { x: 150, y: 180 },
}

/** A desktop whose tree is on or off, and what the person answered before; `turns` are the switchings. */
function open({ on = false, readBy }: { on?: boolean; readBy?: 'tree' | 'copy' } = {}) {
  const tree = new FakeTree(new FakeClock())
  tree.on = on
  const turns: boolean[] = []
  const turn = tree.turn.bind(tree)
  tree.turn = async (to) => {
    turns.push(to)
    await turn(to)
  }
  const settings = fakeSettings(new FakeSettingsFile(readBy ? { readBy } : {}))
  return { tree, turns, settings, choice: createTreeChoice({ tree, settings, log: silentLog }) }
}

const refusing = async () => Promise.reject(new Error('There is no session bus.'))

test('nothing is switched before the person has answered', async () => {
  const { turns, settings } = open()
  await settle()
  settings.change({ theme: 'dark' })
  await settle()
  expect(turns).toEqual([])
})

test('a yes switches it on and is kept; taken back, it is off again', async () => {
  const { tree, choice, settings } = open()
  await choice.choose(true)
  expect([tree.on, settings.current().readBy]).toEqual([true, 'tree'])
  await choice.choose(false)
  expect([tree.on, settings.current().readBy]).toEqual([false, 'copy'])
})

test('who said yes has it on again in a session that began with it off', async () => {
  const { tree } = open({ readBy: 'tree' })
  await settle()
  expect(tree.on).toBe(true)
})

test('what others switched on stays on, whatever is answered', async () => {
  const { tree, choice, turns } = open({ on: true })
  await choice.choose(false)
  await settle()
  expect([tree.on, turns]).toEqual([true, []])
})

test('a yes that cannot be done is refused with its sentence, and is no yes', async () => {
  const { tree, choice, settings } = open()
  tree.turn = refusing
  await expect(choice.choose(true)).rejects.toMatchObject({ code: 1004, message: 'There is no session bus.' })
  expect(settings.current().readBy).toBeUndefined()
})

test('a yes of before that cannot be kept is a problem of the settings', async () => {
  const tree = new FakeTree(new FakeClock())
  tree.on = false
  tree.turn = refusing
  const settings = fakeSettings(new FakeSettingsFile({ readBy: 'tree' }))
  createTreeChoice({ tree, settings, log: silentLog })
  await settle()
  expect(settings.problems()).toEqual(['readBy: There is no session bus.'])
})

test('who declined is not read by the tree, not even in an input that was found before', async () => {
  const { tree, choice } = open({ on: true })
  tree.openWindow(place).text = 'hello'
  const seen = await choice.tree.find(place)
  if ('kind' in seen) throw new Error(`not found: ${seen.kind}`)
  expect(await seen.look({ focused: false })).toMatchObject({ kind: 'text', text: 'hello' })
  await choice.choose(false)
  expect(await seen.look({ focused: false })).toMatchObject({ kind: 'unreadable', why: 'off' })
  expect(await choice.tree.find(place)).toMatchObject({ kind: 'unreadable', why: 'off' })
  await choice.choose(true)
  expect(await seen.look({ focused: false })).toMatchObject({ kind: 'text', text: 'hello' })
})

test('the settings put back to their default switch off what they had switched on', async () => {
  const { tree, choice, settings } = open()
  await choice.choose(true)
  settings.change({ readBy: null })
  await settle()
  expect(tree.on).toBe(false)
})
