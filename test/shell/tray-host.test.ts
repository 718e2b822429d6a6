import { expect, test } from 'vitest'
import { findTrayHost } from '../../src/main/shell/tray-host'

const answering = (answer: string) => () => Promise.resolve(answer)
const failing = () => Promise.reject(new Error('not installed'))

test('the session bus decides whether a Linux desktop shows tray icons', async () => {
  expect(await findTrayHost({ platform: 'linux', run: answering('   boolean true\n') })).toBe('present')
  expect(await findTrayHost({ platform: 'linux', run: answering('   boolean false\n') })).toBe('missing')
})

test('a bus that cannot be asked leaves it unknown', async () => {
  expect(await findTrayHost({ platform: 'linux', run: failing })).toBe('unknown')
})

test.each(['win32', 'darwin'] as const)('%s always shows tray icons and is not asked', async (platform) => {
  expect(await findTrayHost({ platform, run: failing })).toBe('present')
})
