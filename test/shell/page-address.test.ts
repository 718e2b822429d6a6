import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { CONTENT_POLICY, fileOf, isOurUrl, PAGE_URL } from '../../src/main/shell/page-address'

const folder = resolve('/app/out/renderer')

test('a file of the page is found in its folder', () => {
  expect(fileOf('waggle://app/assets/index.js?v=1', folder)).toBe(resolve(folder, 'assets/index.js'))
})

test('another host names no file of ours', () => {
  expect(fileOf('waggle://elsewhere/index.html', folder)).toBeUndefined()
})

test.each([
  'waggle://app/../main/main.js',
  'waggle://app/..%2fmain/main.js',
  'waggle://app/%2e%2e/%2e%2e/secret',
  'waggle://app/..%5c..%5csecret%00.html',
  'waggle://app/%E0%A4%A',
  'waggle://app/',
])('no address leads out of the folder: %s', (url) => {
  const file = fileOf(url, folder)
  expect(file === undefined || file.startsWith(`${folder}/`)).toBe(true)
  expect(file ?? '').not.toMatch(/\0/)
})

test.each([
  ['waggle://app/index.html?tray=missing', true],
  ['waggle://app.evil/index.html', false],
  ['waggle://evil/app', false],
  ['https://app/index.html', false],
  ['file:///index.html', false],
  ['about:blank', false],
  ['', false],
])('%s is our page: %s', (url, ours) => expect(isOurUrl(url, PAGE_URL)).toBe(ours))

test('the policy allows nothing inline, nothing evaluated and no other host', () => {
  expect(CONTENT_POLICY).toContain("default-src 'none'")
  // Pictures of the screen come from the app itself, as data; nothing else may.
  expect(CONTENT_POLICY.replace("img-src 'self' data:", '')).not.toMatch(/unsafe|http|data:|blob:|\*/)
})
