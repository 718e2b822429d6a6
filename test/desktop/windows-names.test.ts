import { expect, test } from 'vitest'
import { refuseOddNames } from '../../src/main/windows-names'

test.each([
  String.raw`C:\Users\bee\con`,
  String.raw`C:\con\waggle`,
  String.raw`C:\Users\bee\NUL.txt`,
  String.raw`C:\Users\bee\com1`,
  String.raw`C:\Users\bee\a:b`,
  String.raw`C:\Users\bee\home.`,
  String.raw`C:\Users\bee \home`,
  'relative/lpt9',
])('%s leads elsewhere than it says on Windows, and is refused', (path) => {
  expect(() => refuseOddNames(path, 'win32')).toThrow(/Windows takes “.+” in .+ for something else/)
  expect(() => refuseOddNames(path, 'linux')).not.toThrow()
})

test.each([
  String.raw`C:\Users\bee\AppData\Roaming\Waggle`,
  String.raw`\\?\C:\Users\bee\console\com`,
  String.raw`\\server\share\.config\..\nullify`,
  'd:home.d/compass',
  '/home/bee/waggle.lock',
])('%s is a name like any other', (path) => {
  expect(() => refuseOddNames(path, 'win32')).not.toThrow()
})
