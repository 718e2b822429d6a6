import { beforeEach, describe, expect, test } from 'vitest'
import { heldBy } from '../../../src/main/ways/window/before'
import { madeNewLine } from '../../../src/main/ways/window/not-submitted'
import { DeliveryDesk, text } from './delivery-desk'

// A text of ours that stands in the input: from an earlier try, or after the submit key.

let desk: DeliveryDesk

beforeEach(() => {
  desk = new DeliveryDesk()
})

describe('a text of an earlier try', () => {
  const earlier = { messageId: '0198f0c0-0000-7000-8000-000000000001', draft: '', at: '' }

  test('that stands there is not pasted again, but submitted', async () => {
    desk.mine.text = text
    desk.pastes.set('Agent-1', { ...earlier, text })
    expect(await desk.run()).toMatchObject({ state: 'delivered' })
    expect([desk.mine.submitted, desk.mine.text, desk.pastes.size]).toEqual([[text], '', 0])
  })

  test('that a busy program did not tell of is neither said to be gone nor pasted again', async () => {
    desk.mine.text = text
    desk.pastes.set('Agent-1', { ...earlier, text })
    // Two looks of three presses each.
    desk.isBusyFor(6)
    expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'text-mismatch' } })
    expect(await desk.run()).toMatchObject({ state: 'delivered' })
    expect(desk.mine.submitted).toEqual([text])
  })

  test('of another message is taken out, and the draft under it comes back', async () => {
    desk.mine.text = 'another message'
    desk.pastes.set('Agent-1', { messageId: 'another', text: 'another message', draft: 'a draft', at: '' })
    expect(await desk.run()).toMatchObject({ state: 'delivered' })
    expect([desk.mine.submitted, desk.mine.text, desk.pastes.size]).toEqual([[text], 'a draft', 0])
  })

  test('to which something was added keeps everything else out', async () => {
    desk.mine.text = 'another message, and more'
    desk.pastes.set('Agent-1', { messageId: 'another', text: 'another message', draft: '', at: '' })
    expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'earlier-paste' } })
    expect([desk.mine.submitted, desk.mine.text]).toEqual([[], 'another message, and more'])
  })

  test('is taken out only where the copy of what will be deleted is that text', async () => {
    desk.mine.text = 'another message'
    desk.pastes.set('Agent-1', { messageId: 'another', text: 'another message', draft: '', at: '' })
    // A person's word comes in between the look and the taking out.
    let looks = 0
    desk.desktop.before = (act) => {
      if (act === 'offerText' && ++looks === 2) desk.mine.text += ', and mine'
    }
    expect(await desk.run()).toMatchObject({ state: 'not-submitted' })
    expect([desk.mine.text, desk.mine.submitted]).toEqual(['another message, and mine', []])
  })

  test('of a message in doubt is left for whoever decides', async () => {
    desk.mine.text = 'another message'
    desk.pastes.set('Agent-1', { messageId: 'another', text: 'another message', draft: '', at: '' })
    desk.ends.set('another', { state: 'in-doubt' })
    expect(await desk.run()).toMatchObject({ failure: { code: 'earlier-paste' } })
    expect(desk.mine.text).toBe('another message')
  })

  test('that is gone, with nobody having seen how, is in doubt and not pasted again', async () => {
    desk.pastes.set('Agent-1', { ...earlier, text })
    expect(await desk.run()).toMatchObject({ state: 'in-doubt', failure: { code: 'submit-unconfirmed' } })
    expect(desk.mine.submitted).toEqual([])
  })

  test('that is gone of another message keeps nothing out, and its draft comes back', async () => {
    desk.pastes.set('Agent-1', { messageId: 'another', text: 'another message', draft: 'a draft', at: '' })
    expect(await desk.run()).toMatchObject({ state: 'delivered' })
    expect([desk.mine.submitted, desk.mine.text, desk.pastes.size]).toEqual([[text], 'a draft', 0])
  })
})

describe('after the submit key', () => {
  const { code, message } = madeNewLine('Agent-1')
  const newLine = { state: 'in-doubt', failure: { code, message, left: true } }

  test('an input that makes a new line of it is told so, and gets no more of them', async () => {
    desk.mine.breaksAtEnter = true
    expect(await desk.run()).toMatchObject(newLine)
    expect([desk.mine.text, desk.mine.submitted, desk.marks]).toEqual([`${text}\n`, [], 1])
  })

  test('the same where that is seen only at the next try', async () => {
    desk.mine.deafToEnter = 1
    expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'agent-busy' } })
    desk.mine.text += '\n'
    expect(await desk.run()).toMatchObject(newLine)
    expect([desk.mine.text, desk.mine.submitted, desk.marks]).toEqual([`${text}\n`, [], 1])
  })

  test('the profile’s other key, once a person has chosen it, sends what stands there, once', async () => {
    desk.mine.breaksAtEnter = true
    expect(await desk.run()).toMatchObject(newLine)
    desk.mine.breaksAtEnter = false
    // Asked for again: what was written down of the paste is forgotten then.
    desk.pastes.clear()
    expect(await desk.run()).toMatchObject({ state: 'delivered' })
    expect([desk.mine.submitted, desk.mine.text]).toEqual([[`${text}\n`], ''])
  })

  test('the same text by a person’s own hand is a draft, and stays', async () => {
    desk.mine.text = text
    expect(await desk.run()).toMatchObject({ state: 'delivered' })
    expect([desk.mine.submitted, desk.mine.text]).toEqual([[text], text])
  })

  test('an agent that does not take Enter keeps the text; it goes at a later try by the key alone, once', async () => {
    desk.mine.deafToEnter = 2
    for (const tries of [1, 2]) {
      const delivery = await desk.run()
      expect(delivery).toMatchObject({ state: 'not-submitted', failure: { code: 'agent-busy', left: true } })
      expect([desk.mine.text, desk.marks]).toEqual([text, tries])
    }
    expect(await desk.run()).toMatchObject({ state: 'delivered' })
    expect([desk.mine.submitted, desk.mine.text, desk.pastes.size]).toEqual([[text], '', 0])
  })

  test('a text that went between two tries, unseen, is in doubt: a copy does not tell where it was made', async () => {
    desk.mine.deafToEnter = 1
    expect(await desk.run()).toMatchObject({ failure: { code: 'agent-busy' } })
    desk.mine.submitted.push(desk.mine.text)
    desk.mine.text = ''
    expect(await desk.run()).toMatchObject({ state: 'in-doubt' })
    expect(desk.mine.submitted).toEqual([text])
  })

  test('a draft is not kept out of the input of an agent that is busy', async () => {
    desk.mine.text = 'half a thought'
    desk.mine.deafToEnter = 1
    expect(await desk.run()).toMatchObject({ state: 'not-submitted', failure: { code: 'agent-busy' } })
    expect([desk.mine.text, desk.pastes.size]).toEqual(['half a thought', 0])
  })

  test('something else that stands there then is in doubt, is told, and is no draft', async () => {
    desk.desktop.before = (act) => {
      if (act === 'offerText' && desk.mine.submitted.length > 0)
        desk.mine.text = 'Please rebase.\nThen take @over'
    }
    const message: unknown = expect.stringContaining('“Please rebase. Then take @over”')
    expect(await desk.run()).toMatchObject({
      state: 'in-doubt',
      failure: { code: 'not-accepted', message, left: true },
    })
  })

  test('a window that takes the focus right then leaves no doubt: the input is looked at again', async () => {
    let submitted = false
    desk.desktop.before = (act) => {
      if (act === 'offerText' && desk.mine.submitted.length === 1 && !submitted) {
        submitted = true
        desk.desktop.focused = desk.other
      }
    }
    expect(await desk.run()).toMatchObject({ state: 'delivered' })
    expect(desk.other.text).toBe('')
  })

  test('a stop asked for then does not make it doubtful', async () => {
    desk.desktop.before = (act) => {
      if (desk.mine.submitted.length === 1 && act === 'offerText') desk.stop.abort()
    }
    expect(await desk.run()).toMatchObject({ state: 'delivered' })
  })
})

test('an agent in whose input a message became something that nobody saw gone gets nothing before that is settled', () => {
  const pastes = { of: (name: string) => desk.pastes.get(name) }
  const held = () => heldBy('Agent-1', { pastes, endOf: (id) => desk.ends.get(id) })?.code
  desk.pastes.set('Agent-1', { messageId: 'another', text: 'another message', draft: '', at: '' })
  expect(held()).toBeUndefined()
  desk.ends.set('another', { state: 'in-doubt', failure: { code: 'not-accepted', message: '' } })
  expect(held()).toBe('earlier-paste')
  desk.ends.set('another', { state: 'delivered' })
  expect(held()).toBeUndefined()
})
