import { join } from 'node:path'
import type { OperationName, Params } from '../../../src/contract/operations'
import type { Endpoint } from '../../../src/contract/endpoint'
import { openLog } from '../../../src/main/app-log'
import { systemClock } from '../../../src/main/clock'
import { compose } from '../../../src/main/compose'
import { openWin32InWorker } from '../../../src/main/desktop/win32/open-in-worker'
import { ownHome, prepareHome } from '../../../src/main/home'
import { absentTree } from '../../../src/main/looking/absent-tree'
import { plainSettingsFile } from '../../../src/main/roster/plain-settings-file'
import { openPipeClient } from '../../harness/pipe-client'
import { readFileSync } from 'node:fs'
import { serveTest } from './serve-test'

// All of Waggle but Electron's shell, on Windows' own desktop; asked over its own pipe.

const home = ownHome()
const umask = prepareHome(home)
const log = openLog({ home, level: 'debug', development: true })
const waggle = await compose({
  home,
  umask,
  version: '0.1.0',
  log,
  settingsFile: plainSettingsFile(home),
  desktop: await openWin32InWorker(new URL('desktop-worker.mjs', import.meta.url), systemClock),
  hasTree: false,
  tree: absentTree('Waggle cannot look at accessibility trees on this system yet.'),
  say: (title, sentence) => log.warn(`${title}: ${sentence}`),
  stage: { hideOwn: () => undefined, show: () => Promise.reject(new Error('nobody points here')) },
  system: {
    session: { platform: process.platform, env: process.env },
    electron: '33.2.1',
    lookAtX11: () => Promise.reject(new Error('there is no X server')),
    lookAtClipboard: () => Promise.reject(new Error('there is no X server')),
    locked: async () => false,
    permitted: () => true,
    permit: undefined,
    elevated: async () => false,
    trayHost: async () => 'unknown',
  },
})
const endpoint = JSON.parse(readFileSync(join(home, 'endpoint.json'), 'utf8')) as Endpoint
const pipe = await openPipeClient(endpoint)
await pipe.call('hello', { token: endpoint.token })

serveTest({
  call: async (method: OperationName, params: Params<OperationName>) => pipe.call(method, params),
  close: async () => waggle.close(),
})
