import { join } from 'node:path'
import type { DoctorDeps } from '../../src/main/doctor/doctor'
import { newAgent } from '../../src/main/roster/new-agent'
import { fakeSettings } from '../fakes/fake-settings'

export const desktop: DoctorDeps['desktop'] = {
  pointer: async () => ({ x: 1, y: 2 }),
  readText: async () => '',
  unsafeKeys: async () => undefined,
  overlays: async () => [],
}

export const x11 = {
  hasXtest: true,
  windowManager: 'Openbox',
  missing: [],
  raises: true,
  hasCompositor: false,
  hasTray: false,
  clipboardManagers: [],
  workspaces: 4,
  layout: 'de',
}

/** One whose every check passes. */
export const soundPatient = (home: string): DoctorDeps => ({
  session: {
    platform: 'linux',
    env: { DISPLAY: ':0', XDG_SESSION_TYPE: 'x11', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/bus' },
  },
  electron: '33.2.1',
  desktop,
  lookAtX11: async () => x11,
  lookAtClipboard: async () => [],
  locked: async () => false,
  permitted: () => true,
  elevated: async () => false,
  trayHost: async () => 'present',
  agents: () => [newAgent('Agent-1')],
  reading: async () => ({
    offered: true,
    on: true,
    chosen: true,
    agents: [{ name: 'Agent-1', lookedAtBy: 'tree' }],
  }),
  ready: async () => undefined,
  version: '1.2.3',
  isPaused: () => false,
  look: async () => ({
    screens: [{ rect: { x: 0, y: 0, width: 1280, height: 800 } }],
    windows: [],
    agents: [{ name: 'Agent-1', point: [20, 30] }],
  }),
  panes: async () => ({ installed: true, panes: [] }),
  home,
  settings: fakeSettings(),
  now: () => Date.now(),
  lockPath: () => join(home, 'desktop'),
  lockHolder: () => undefined,
  foreignLock: () => undefined,
  pipe: () => join(home, 'waggle.sock'),
})
