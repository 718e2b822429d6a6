import { expect, test } from 'vitest'
import { heldText } from '../../../src/main/ways/terminal/held-text'
import { agent } from '../../queue/courier-desk'

test.each([' ', '\n\n', '\t', '\u200b', '\u200d\ufe0f', '\u00a0', '────'])(
  'a text that an empty prompt would seem to hold is held, whatever is set: %j',
  (text) => {
    expect(heldText(agent('A', { prefixes: 'send' }), text)).toMatchObject({ code: 'text-held' })
  },
)

test.each(['x', '1', '🎉', '.', '漢', '- a list', 'a ────'])('a text that shows is not: %j', (text) => {
  expect(heldText(agent('A'), text)).toBeUndefined()
})

test.each(['/clear', '!ls', '# a note', ' \n/clear'])('%j is held until it is to be sent', (text) => {
  expect(heldText(agent('A'), text)?.message).toContain('--prefixes send')
  expect(heldText(agent('A', { prefixes: 'send' }), text)).toBeUndefined()
})
