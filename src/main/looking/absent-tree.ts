import type { Tree } from './look'

/** Where no accessibility tree can be looked at: everything goes by copying. */
export function absentTree(cure: string): Tree {
  return {
    find: async () => ({ kind: 'unreadable', why: 'off', cure }),
    readTerminal: async () => ({ kind: 'unreadable', why: 'off', cure }),
    isOn: async () => false,
    turn: () => Promise.reject(new Error(cure)),
    close: () => undefined,
  }
}
