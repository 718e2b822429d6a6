import { expect, test } from 'vitest'
import { desktopEnvironment } from '../../scripts/lib/foreground.mjs'

test('what an editor’s terminal hands on does not reach the app, and all else does', () => {
  const person = { PATH: '/bin', DISPLAY: ':0', http_proxy: 'http://p', ELECTRON_OVERRIDE_DIST_PATH: '/e' }
  const editor = {
    ELECTRON_RUN_AS_NODE: '1',
    NODE_OPTIONS: '--require bootloader.js',
    VSCODE_INSPECTOR_OPTIONS: '{}',
    VSCODE_PID: '7',
  }
  expect(desktopEnvironment({ ...person, ...editor })).toEqual(person)
})
