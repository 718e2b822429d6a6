import { OperationError } from '../../contract/failure'
import type { Settings } from '../../contract/settings'
import type { Log } from '../log'
import type { LiveSettings } from '../settings'
import type { Look, SeenInput, Tree } from './look'

interface TreeChoiceDeps {
  readonly tree: Tree
  readonly settings: Pick<LiveSettings, 'current' | 'change' | 'onChange' | 'report'>
  readonly log: Log
}

/** Whether Waggle may read by the accessibility tree: the person's to say, kept in the settings. */
export interface TreeChoice {
  /** The tree as far as the person lets Waggle look at it. */
  readonly tree: Tree
  /** Keeps the answer and switches the tree on, or what was switched on so off again. Throws `OperationError` wrongState where that cannot be done. */
  choose(on: boolean): Promise<void>
}

type ReadBy = Settings['readBy']

const DECLINED =
  'You chose that inputs are read by copying; the settings, or "waggle doctor --tree on", let Waggle read by the tree.'

/**
 * Keeps the session's switch as the person has chosen: on again at each start, since another session may have begun with
 * it off. Nothing is switched before they have answered, and what others switched on stays on.
 */
export function createTreeChoice({ tree, settings, log }: TreeChoiceDeps): TreeChoice {
  let kept: ReadBy
  const turn = async (on: boolean): Promise<void> => {
    if ((await tree.isOn()) === on) return
    await tree.turn(on).catch((error: unknown) => {
      throw new OperationError('wrongState', error instanceof Error ? error.message : String(error))
    })
  }
  const keep = async (readBy: ReadBy): Promise<void> => {
    const before = kept
    kept = readBy
    if (readBy === before || (readBy !== 'tree' && before !== 'tree')) return
    try {
      await turn(readBy === 'tree')
      settings.report('readBy', [])
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error)
      log.warn(sentence)
      settings.report('readBy', [`readBy: ${sentence}`])
    }
  }
  void keep(settings.current().readBy)
  settings.onChange(({ readBy }) => void keep(readBy))
  return {
    tree: allowed(tree, () => settings.current().readBy !== 'copy'),
    async choose(on) {
      // A yes holds once it is done; a no at once, whatever becomes of the switch.
      const isOurs = kept === 'tree'
      if (!on) settings.change({ readBy: 'copy' })
      if (on || isOurs) await turn(on)
      if (on) settings.change({ readBy: 'tree' })
    },
  }
}

function allowed(tree: Tree, mayLook: () => boolean): Tree {
  const declined: Extract<Look, { kind: 'unreadable' }> = { kind: 'unreadable', why: 'off', cure: DECLINED }
  const guarded = (input: SeenInput): SeenInput => ({
    look: async (how) => (mayLook() ? input.look(how) : declined),
    changed: async (deadlineMs) => input.changed(deadlineMs),
  })
  return {
    async find(place) {
      if (!mayLook()) return declined
      const found = await tree.find(place)
      return 'kind' in found ? found : guarded(found)
    },
    readTerminal: async (place) => (mayLook() ? tree.readTerminal(place) : declined),
    isOn: async () => tree.isOn(),
    turn: async (on) => tree.turn(on),
    close: () => tree.close(),
  }
}
