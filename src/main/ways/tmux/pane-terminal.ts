import type { Clock } from '../../clock'
import { drawnScreen } from '../../looking/drawn-screen'
import type { Screen } from '../../looking/screen'
import { terminalModel } from '../../looking/terminal-model'
import { isAlive, readerOf, startOf } from '../terminal/reader'
import type { TerminalLook, TypedTerminal } from '../terminal/typed-terminal'
import type { PaneLook, Tmux } from './tmux'

/** tmux tells of no change; so it is looked again so often while something is expected. */
const LOOK_EVERY_MS = 60

/** The terminal in a pane of tmux. `check` throws when the pane is not the one that was meant. */
export function paneTerminal(
  pane: string,
  { tmux, clock, check }: { tmux: Tmux; clock: Pick<Clock, 'wait'>; check: (look: PaneLook) => void },
): TypedTerminal {
  let cursor: PaneLook['cursor'] = { x: -1, y: -1 }
  return {
    async look(): Promise<TerminalLook> {
      const look = await tmux.look(pane)
      check(look)
      ;({ cursor } = look)
      return {
        screen: await screenOf(look),
        reader: look.isDead ? undefined : readerOf(look.pid),
        drawn: `${look.cursor.x},${look.cursor.y}\n${look.drawn}`,
        ...(look.isInMode && { occupied: 'copy mode' as const }),
      }
    },
    changed: (ms) => clock.wait(Math.min(ms, LOOK_EVERY_MS)),
    async paste(text) {
      await tmux.paste(pane, text)
      return undefined
    },
    async enter() {
      await tmux.enter(pane, cursor)
      return undefined
    },
    isAlive,
    startOf,
  }
}

/** What a pane shows, drawn anew from the text and the colours that tmux tells. */
function screenOf(look: PaneLook): Promise<Screen> {
  const terminal = terminalModel(look.columns, look.rows)
  return new Promise((resolve) => {
    terminal.write(look.drawn.replaceAll('\n', '\r\n'), () => {
      resolve(drawnScreen(terminal, look))
      terminal.dispose()
    })
  })
}
