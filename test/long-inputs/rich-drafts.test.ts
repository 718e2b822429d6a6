import { expect, test } from 'vitest'
import { matrixDesk } from '../real-inputs/matrix-desk'

// Slate takes over a selection a tenth of a second after the key, so that a copy sometimes gives nothing: a weak look,
// which must not count as an empty input.

const desk = matrixDesk(['slate'], 'copy')
const TIMES = 15

test('a draft with a chip in slate is left alone by every message, though not every copy of it gives anything', async () => {
  for (let time = 0; time < TIMES; time++) {
    const cell = await desk.meet('slate')
    await desk.inputs.setRichDraft('slate')
    const before = JSON.stringify((await desk.inputs.peek('slate')).document)
    const id = await cell.send('The parser branch is green.')
    const message = await cell.settled(id, ['draft-present'])
    const after = JSON.stringify((await desk.inputs.peek('slate')).document)
    await cell.end()
    expect(message).toMatchObject({ state: 'queued', failure: { code: 'draft-present' } })
    expect(after).toBe(before)
    expect(cell.arrived()).toEqual([])
  }
}, 120_000)
