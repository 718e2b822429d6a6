import { expect, test } from 'vitest'
import { KEY_PRESS, strokesOf, undone, type Stroke } from '../../src/main/desktop/x11/strokes'

const [CTRL, SHIFT, A, C, PLUS] = [37, 50, 38, 54, 86]
const said = (strokes: readonly Stroke[]) =>
  strokes.map(({ type, code }) => (type === KEY_PRESS ? code : -code)).join(' ')

test('each chord’s key is struck after its modifiers, and these stay down for the next that needs them', () => {
  const { holds, release } = strokesOf([[CTRL, A], [CTRL, C], [PLUS], [CTRL, A]])
  expect(holds.map(({ reach, strike }) => [said(reach), said(strike)])).toEqual([
    ['37', '37 38 37 54'],
    ['-37', '86'],
    ['37', '37 -38 38'],
  ])
  expect(said(release)).toBe('-54 -86 -38 -37')
})

test('a modifier comes up before keys that do not want it go down', () => {
  const { holds } = strokesOf([
    [CTRL, SHIFT, A],
    [CTRL, C],
  ])
  expect(holds.map(({ modifiers, reach }) => [modifiers, said(reach)])).toEqual([
    [[CTRL, SHIFT], '37 50'],
    [[CTRL], '-50'],
  ])
})

test('what was broken off is let go of, and nothing else', () => {
  const { holds } = strokesOf([[CTRL, A], [PLUS]])
  const struck = [...(holds[0]?.reach ?? []), ...(holds[0]?.strike ?? [])]
  expect(said(undone(struck))).toBe('-38 -37')
  expect(said(undone([...struck, ...(holds[1]?.reach ?? [])]))).toBe('-38')
})
