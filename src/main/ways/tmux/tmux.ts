import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'

/** A pane of tmux as it stands now. */
export interface PaneLook {
  readonly id: string
  /** The process that was started in the pane. */
  readonly pid: number
  readonly columns: number
  readonly rows: number
  readonly cursor: { readonly x: number; readonly y: number }
  /** True while it is scrolled back: keys go to tmux then. */
  readonly isInMode: boolean
  readonly isDead: boolean
  /** Undefined where this tmux cannot say. */
  readonly bracketedPaste: boolean | undefined
  /** What it shows, with colours, one row a line. */
  readonly drawn: string
}

/** A pane as tmux lists it. */
export interface ListedPane extends Pick<PaneLook, 'id' | 'pid' | 'isDead'> {
  /** session:window.pane */
  readonly where: string
}

/** The few commands of tmux that a delivery needs. Each rejects with {@link TmuxError}. */
export interface Tmux {
  /** Every pane of every session; none where no server runs. */
  list(): Promise<ListedPane[]>
  look(pane: string): Promise<PaneLook>
  /** As one paste, bracketed where the program has asked for that. */
  paste(pane: string, text: string): Promise<void>
  /** Presses Enter, unless the cursor has moved or the pane is scrolled back by now. */
  enter(pane: string, cursor: PaneLook['cursor']): Promise<void>
}

export class TmuxError extends Error {
  constructor(
    message: string,
    readonly isMissing: boolean,
  ) {
    super(message)
    this.name = 'TmuxError'
  }
}

const FACTS = [
  'pane_id',
  'pane_pid',
  'pane_width',
  'pane_height',
  'cursor_x',
  'cursor_y',
  'pane_in_mode',
  'pane_dead',
  'bracket_paste_flag',
]
const FORMAT = FACTS.map((fact) => `#{${fact}}`).join('|')
const LONGEST_ANSWER = 16 * 1024 * 1024
const LIMIT_MS = 5000

/** tmux by its command, on the server that `env` names or else the default one. */
export function createTmux(env: NodeJS.ProcessEnv = process.env): Tmux {
  const run = (args: readonly string[], input?: string) => runTmux(args, env, input)
  return {
    list: () => listPanes(run),
    async look(pane) {
      const answer = await run([
        'display-message',
        '-p',
        '-t',
        pane,
        FORMAT,
        ';',
        'capture-pane',
        '-p',
        '-e',
        '-t',
        pane,
      ])
      const end = answer.indexOf('\n')
      const [id = '', ...rest] = answer.slice(0, end).split('|')
      const [pid = 0, columns = 0, rows = 0, x = 0, y = 0, mode = 0, dead = 0] = rest.map(Number)
      // For a pane that is not there it answers with empty facts instead of an error.
      if (id === '') throw new TmuxError(`tmux has no pane ${pane}`, false)
      const flag = rest[7] ?? ''
      return {
        id,
        pid,
        columns,
        rows,
        cursor: { x, y },
        isInMode: mode > 0,
        isDead: dead > 0,
        bracketedPaste: flag === '' ? undefined : flag === '1',
        drawn: answer.slice(end + 1).replace(/\n$/, ''),
      }
    },
    async paste(pane, text) {
      const buffer = `waggle-${randomUUID()}`
      await run(
        ['load-buffer', '-b', buffer, '-', ';', 'paste-buffer', '-p', '-d', '-b', buffer, '-t', pane],
        text,
      )
    },
    async enter(pane, { x, y }) {
      const unmoved = `#{&&:#{==:#{cursor_x},${x}},#{&&:#{==:#{cursor_y},${y}},#{==:#{pane_in_mode},0}}}`
      await run(['if-shell', '-F', '-t', pane, unmoved, `send-keys -t '${pane}' Enter`])
    },
  }
}

type Run = (args: readonly string[]) => Promise<string>

async function listPanes(run: Run): Promise<ListedPane[]> {
  const format = '#{pane_id}|#{pane_pid}|#{pane_dead}|#{session_name}:#{window_index}.#{pane_index}'
  try {
    return (await run(['list-panes', '-a', '-F', format])).split('\n').flatMap(asListed)
  } catch (error) {
    if (error instanceof TmuxError && NO_SERVER.test(error.message)) return []
    throw error
  }
}

const NO_SERVER = /no server running|error connecting to/

function asListed(line: string): ListedPane[] {
  const [id = '', pid, dead, ...where] = line.split('|')
  if (id === '') return []
  return [{ id, pid: Number(pid), isDead: dead === '1', where: where.join('|') }]
}

function runTmux(args: readonly string[], env: NodeJS.ProcessEnv, input?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env, timeout: LIMIT_MS, maxBuffer: LONGEST_ANSWER }
    const child = execFile('tmux', args, options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout)
      const isMissing = error.code === 'ENOENT'
      const why = isMissing
        ? 'tmux is not installed, or not in the PATH of Waggle'
        : stderr.trim() || error.message
      reject(new TmuxError(why, isMissing))
    })
    // A tmux that has ended already says so by its exit code.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
  })
}
