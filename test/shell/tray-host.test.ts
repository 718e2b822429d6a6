import { expect, test } from 'vitest'
import { findTrayHost } from '../../src/main/shell/tray-host'

const answering = (answer: string) => () => Promise.resolve(answer)
const none = { hasOldTray: async () => false }
const failing = () => Promise.reject(new Error('not installed'))

test('the session bus decides whether a Linux desktop shows tray icons', async () => {
  expect(await findTrayHost({ ...none, platform: 'linux', run: answering('   boolean true\n') })).toBe(
    'present',
  )
  expect(await findTrayHost({ ...none, platform: 'linux', run: answering('   boolean false\n') })).toBe(
    'missing',
  )
})

test('a panel that shows icons the old way is one, whatever the bus says', async () => {
  const old = { platform: 'linux', hasOldTray: async () => true } as const
  expect(await findTrayHost({ ...old, run: answering('   boolean false\n') })).toBe('present')
  expect(await findTrayHost({ ...old, run: failing })).toBe('present')
  const unseen = { ...old, hasOldTray: async () => Promise.reject(new Error('no display')) }
  expect(await findTrayHost({ ...unseen, run: answering('   boolean false\n') })).toBe('missing')
})

test('a bus that cannot be asked leaves it unknown', async () => {
  expect(await findTrayHost({ ...none, platform: 'linux', run: failing })).toBe('unknown')
})

test.each(['win32', 'darwin'] as const)('%s always shows tray icons and is not asked', async (platform) => {
  expect(await findTrayHost({ ...none, platform, run: failing })).toBe('present')
})
