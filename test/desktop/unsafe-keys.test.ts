import { expect, test } from 'vitest'
import { isUnsafe, unsafeKeys } from '../../src/main/desktop/unsafe-keys'
import { missed } from '../../src/main/ways/window/not-submitted'

test('a message whose keys would not be safe waits, and says what to do about it', () => {
  for (const reason of Object.keys(unsafeKeys).filter((key) => isUnsafe(key))) {
    const { code, message } = missed(reason, 'Agent-1', 'chat')
    expect(code).toBe(reason === 'screen-taken' ? 'desktop-unavailable' : 'keys-unsafe')
    expect(message).toContain(unsafeKeys[reason].found)
    expect(message).toContain(unsafeKeys[reason].remedy)
  }
  expect(missed('pointer-moved', 'Agent-1', 'chat').code).toBe('user-active')
})
