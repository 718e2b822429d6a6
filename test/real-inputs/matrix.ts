import { describe, expect, onTestFinished, test } from 'vitest'
import type { WidgetKind } from '../harness/inputs'
import type { Cell, LookedAtBy, MatrixDesk } from './matrix-desk'
import { matrixDesk } from './matrix-desk'

// Every editor, everything that its page may do, by one kind of look. What the editor's own document held when its own
// Enter handler ran is the truth.

const text = 'First line of it.\nThe second line, with “quotes” & 🐝\n\tand a third'
const plain = 'The parser branch is green.'

/** Editors of which stock paste drops tabs or blank lines are told apart where that matters. */
export function matrix(widgets: readonly WidgetKind[], by: LookedAtBy): void {
  const desk = matrixDesk(widgets, by)
  const met = async (...args: Parameters<MatrixDesk['meet']>): Promise<Cell> => {
    const cell = await desk.meet(...args)
    onTestFinished(async ({ task }) => {
      // The table in docs/inputs.md is made from this.
      const { ended = [] } = task.meta as { ended?: string[] }
      Object.assign(task.meta, { ended: [...ended, ...(await cell.told())] })
      await cell.end()
    })
    return cell
  }
  describe.each(widgets)(`%s by ${by}`, (widget) => {
    test('gets several lines and says delivered', async () => {
      const cell = await met(widget)
      const message = await cell.settled(await cell.send(text))
      expect(message).toMatchObject({ state: 'delivered', proof: 'read-back' })
      expect(cell.arrived()).toEqual([text])
    })

    test('gets a message once it takes Enter again, which it ignored for a while', async () => {
      const cell = await met(widget)
      await desk.inputs.busy(widget, true)
      const id = await cell.send(plain)
      expect(await cell.settled(id, ['agent-busy'])).toMatchObject({ state: 'queued' })
      expect(cell.arrived()).toEqual([])
      await desk.inputs.busy(widget, false)
      expect(await cell.settled(id)).toMatchObject({ state: 'delivered' })
      expect(cell.arrived()).toEqual([plain])
    })

    test('that is disabled while it answers gets both of two messages', async () => {
      const cell = await met(widget, { disabledWhileAnswering: 1500 })
      const ids = [await cell.send('one'), await cell.send('two')]
      const ends = await Promise.all(ids.map(async (id) => cell.settled(id)))
      const delivered = ends.filter(({ state }) => state === 'delivered').map(({ text }) => text)
      expect(cell.arrived()).toEqual(delivered)
      // Monaco takes the paste then, and makes nothing of it.
      if (widget === 'monaco') expect(['delivered', 'in-doubt']).toContain(ends[1]?.state)
      else expect(delivered).toEqual(['one', 'two'])
    })

    test('whose Enter takes a suggestion is said to have something else', async () => {
      const cell = await met(widget, { suggest: true })
      const message = await cell.settled(await cell.send('ping @al'))
      if (message.state === 'delivered') expect(cell.arrived()).toEqual(['ping @al'])
      else {
        expect(message).toMatchObject({ state: 'in-doubt', failure: { code: 'not-accepted', left: true } })
        expect(message.failure?.message).toContain('ping')
        expect(cell.arrived()).toEqual([])
      }
    })

    test('whose page moves the focus to another field says nothing false', async () => {
      const cell = await met(widget)
      const id = await cell.send(plain)
      // Without the tree, a focus that moves all the time cannot be told from an input.
      const everyMs = by === 'tree' ? 170 : 100_000
      const moves = setInterval(() => void desk.inputs.focusSearch(widget), everyMs)
      const once = setTimeout(() => void desk.inputs.focusSearch(widget), 350)
      const message = await cell.settled(id, ['focus-lost', 'agent-busy', 'earlier-paste', 'draft-present'])
      clearInterval(moves)
      // Else it would move the focus of the next test’s page.
      clearTimeout(once)
      if (message.state === 'delivered') expect(cell.arrived()).toEqual([plain])
      const end = await cell.settled(id)
      if (end.state === 'delivered') expect(cell.arrived()).toEqual([plain])
      else expect(cell.arrived()).toEqual([])
      // What a copy showed of the other field looks like the program's own doing; taken out again, it has failed.
      if (end.state === 'failed') {
        expect([by, end.failure?.code, end.failure?.left]).toEqual(['copy', 'not-accepted', undefined])
        expect((await desk.inputs.peek(widget)).text).toBe('')
      }
    }, 120_000)

    test('that turns a long paste into an attachment gets it once, and nothing on top of it', async () => {
      const cell = await met(widget, { chip: 200 })
      const long = 'a long message '.repeat(40)
      const message = await cell.settled(await cell.send(long))
      expect(message).toMatchObject({ state: 'in-doubt', failure: { code: 'not-accepted', left: true } })
      const next = await cell.send('short', 'another')
      expect(await cell.settled(next, ['earlier-paste'])).toMatchObject({ state: 'queued' })
      const { chips, text: left } = await desk.inputs.peek(widget)
      expect([chips.length, left], JSON.stringify(desk.inputs.events(widget))).toEqual([1, ''])
      expect(cell.arrived()).toEqual([])
    })

    test('that rewrites what is pasted gets nothing that was not sent', async () => {
      const cell = await met(widget, { smart: true })
      const message = await cell.settled(await cell.send(`say "it's fine" -- or not`))
      expect(message).toMatchObject({ state: 'failed', failure: { code: 'not-accepted' } })
      expect(message.failure?.left).toBeUndefined()
      expect((await desk.inputs.peek(widget)).text).toBe('')
      expect(cell.arrived()).toEqual([])
    })

    test('that changes the text at Enter is not said to have it', async () => {
      const cell = await met(widget, { alterOnEnter: true })
      const message = await cell.settled(await cell.send(plain))
      if (message.state === 'delivered') expect(cell.arrived()).toEqual([plain])
      else expect(message).toMatchObject({ state: 'in-doubt', failure: { code: 'not-accepted' } })
    })

    test('that makes a new line of Enter gets no more of them, and it is said', async () => {
      const cell = await met(widget, { breaksAtEnter: true })
      const message = await cell.settled(await cell.send(plain))
      expect(message).toMatchObject({ state: 'in-doubt', failure: { code: 'not-accepted', left: true } })
      expect(message.failure?.message).toContain('makes a new line')
      expect((await desk.inputs.peek(widget)).text).toBe(`${plain}\n`)
      expect(cell.arrived()).toEqual([])
    })

    test('keeps a plain draft', async () => {
      const cell = await met(widget)
      await desk.inputs.setDraft(widget, 'half a thought\nof mine')
      const message = await cell.settled(await cell.send(plain))
      expect(message).toMatchObject({ state: 'delivered' })
      expect(cell.arrived()).toEqual([plain])
      await expect.poll(async () => (await desk.inputs.peek(widget)).text).toBe('half a thought\nof mine')
    })

    test('keeps a draft that is more than text, and gets its message once that is gone', async () => {
      const cell = await met(widget)
      if (!(await desk.inputs.setRichDraft(widget))) return
      const before = JSON.stringify((await desk.inputs.peek(widget)).document)
      const id = await cell.send(plain)
      expect(await cell.settled(id, ['draft-present'])).toMatchObject({ state: 'queued' })
      expect(JSON.stringify((await desk.inputs.peek(widget)).document)).toBe(before)
      await desk.inputs.setDraft(widget, '')
      expect(await cell.settled(id)).toMatchObject({ state: 'delivered' })
      expect(cell.arrived()).toEqual([plain])
    })

    test('whose page asks something is not answered, and gets its message afterwards', async () => {
      const cell = await met(widget)
      await desk.inputs.dialog(widget, true)
      const answers = desk.inputs.answers().length
      const id = await cell.send(plain)
      expect(await cell.settled(id, ['agent-asks', 'focus-lost'])).toMatchObject({ state: 'queued' })
      expect(cell.arrived()).toEqual([])
      await desk.inputs.dialog(widget, false)
      expect(await cell.settled(id)).toMatchObject({ state: 'delivered' })
      expect(desk.inputs.answers().length).toBe(answers)
      expect(cell.arrived()).toEqual([plain])
    })

    test('that moves once the first message went gets the others, or says where it went', async () => {
      const cell = await met(widget, { moves: true })
      const first = await cell.settled(await cell.send('first'))
      // A copy that tells nothing is believed only from where the input was.
      if (first.state !== 'delivered' && by === 'copy') {
        expect(first.state).toBe('in-doubt')
        return
      }
      expect(first.state).toBe('delivered')
      const second = await cell.settled(await cell.send('second'), [
        'focus-lost',
        'unreadable',
        'text-mismatch',
      ])
      if (by === 'tree') expect(second.state).toBe('delivered')
      expect(cell.arrived()).toEqual(second.state === 'delivered' ? ['first', 'second'] : ['first'])
    })

    test('that empties late, or takes no more than so many characters, is judged rightly', async () => {
      const late = await met(widget, { slowClear: 700 })
      expect(await late.settled(await late.send(plain))).toMatchObject({ state: 'delivered' })
      expect(late.arrived()).toEqual([plain])
      const short = await met(widget, { limit: 20 })
      const message = await short.settled(await short.send(plain))
      expect(message).toMatchObject({ state: 'failed', failure: { code: 'not-accepted' } })
      expect(short.arrived()).toEqual([])
    })
  })
}
