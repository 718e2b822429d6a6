import { expect, test } from 'vitest'
import { notificationBody } from '../../src/main/shell/notification-body'

const linux = (capabilities: string) => ({
  platform: 'linux' as const,
  run: () => Promise.resolve(capabilities),
})
const noAnswer = () => Promise.reject(new Error('no answer'))
const text = '<b>bold</b> & <img src="x">'
const written = '&lt;b&gt;bold&lt;/b&gt; &amp; &lt;img src="x"&gt;'

test('where markup is read, a sender’s words hold none', async () => {
  expect(await notificationBody(text, linux('array [ body body-markup ]'))).toBe(written)
})

test('where it is not, they are shown as they are', async () => {
  expect(await notificationBody(text, linux('array [ body actions ]'))).toBe(text)
})

test('a desktop that does not say is taken for one that reads it', async () => {
  expect(await notificationBody(text, { platform: 'linux', run: noAnswer })).toBe(written)
})

test('what turns the direction of a text is shown by its number', async () => {
  expect(await notificationBody('evil\u202etxt.exe', linux('body'))).toBe('evil[U+202E]txt.exe')
})
