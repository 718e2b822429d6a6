import type { IBufferCell, Terminal } from '@xterm/headless'
import type { Cell, Screen } from './screen'

/** What a terminal model shows now. `bracketedPaste` is the model's own where none is given. */
export function drawnScreen(terminal: Terminal, own?: Pick<Screen, 'cursor' | 'bracketedPaste'>): Screen {
  const buffer = terminal.buffer.active
  const blank = buffer.getNullCell()
  const rows = Array.from({ length: terminal.rows }, (_, y) => {
    const line = buffer.getLine(buffer.baseY + y)
    const cells: Cell[] = []
    for (let x = 0; x < terminal.cols; x += 1) {
      const cell = line?.getCell(x, blank)
      // The second half of a wide character has no width of its own.
      if (cell && cell.getWidth() > 0) cells.push(asCell(x, cell))
    }
    return cells
  })
  return {
    rows,
    cursor: own ? own.cursor : { x: buffer.cursorX, y: buffer.cursorY },
    bracketedPaste: own ? own.bracketedPaste : terminal.modes.bracketedPasteMode,
  }
}

function asCell(x: number, cell: IBufferCell): Cell {
  return {
    x,
    char: cell.getChars() || ' ',
    isDim: cell.isDim() !== 0,
    isInverse: cell.isInverse() !== 0,
    colour: colourOf(cell),
  }
}

function colourOf(cell: IBufferCell): string {
  if (cell.isFgDefault()) return 'default'
  const colour = cell.getFgColor()
  return cell.isFgRGB() ? `rgb:${colour.toString(16).padStart(6, '0')}` : `palette:${colour}`
}
