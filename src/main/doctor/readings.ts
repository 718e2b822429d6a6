import type { Agent } from '../../contract/agent'
import type { Reading } from '../../contract/desktop-look'
import { assertNever, type Failure } from '../../contract/failure'
import type { DesktopWindow, Point } from '../desktop/desktop'
import type { Look, Tree } from '../looking/look'

export interface ReadingDeps {
  readonly tree: Pick<Tree, 'find'>
  /** Where the agent's input is now; touches nothing. */
  locate(agent: Agent): Promise<{ readonly window: DesktopWindow; readonly point: Point } | Failure>
  /** Whether the profile lets all that stands in a window of that program be selected and copied. */
  mayCopy(profile: string, app: string): boolean
  /** Whether the windows of that program are terminals whose text is read by marking it. */
  isMarked(app: string): boolean
  /** What the system calls a process; empty where it does not tell. */
  programOf(pid: number): string
}

type Read = Omit<Reading, 'name'>

/** Terminals are read by their screens; a command and an inbox have nothing that is to be looked at. */
const otherWays: Readonly<Record<Exclude<NonNullable<Agent['way']>, 'window'>, Read>> = {
  terminal: { lookedAtBy: 'screen' },
  tmux: { lookedAtBy: 'screen' },
  command: { lookedAtBy: 'none', why: 'its command says what became of a message' },
  inbox: { lookedAtBy: 'none', why: 'it takes its messages itself' },
}

const BY_MARKING = 'its terminal shows no tree, so its text is marked with the mouse when a message is there'
const NO_SCREEN = 'it shows no accessibility tree, and its text must not be selected to look at it'
const SCREEN_CURE =
  'On Linux run it in a terminal that shows its screen, such as gnome-terminal, xfce4-terminal or konsole; elsewhere give it a command of its own or an inbox.'
const JAVA_CURE =
  'Start it with the option -Djavax.accessibility.assistive_technologies=org.GNOME.Accessibility.AtkWrapper, and the package libatk-wrapper-java-jni installed.'

/**
 * How an agent's input is read at this moment, touching nothing; undefined where its window is not there. Never rejects, and
 * answers within two seconds.
 */
export async function readingOf(agent: Agent, deps: ReadingDeps): Promise<Reading | undefined> {
  const { name, way = 'window' } = agent
  if (way !== 'window') return { name, ...otherWays[way] }
  const found = await deps.locate(agent).catch(() => undefined)
  if (!found || 'code' in found) return undefined
  const { title, rect, app, pid } = found.window
  if (deps.isMarked(app)) return { name, lookedAtBy: 'screen', why: BY_MARKING }
  const mayCopy = deps.mayCopy(agent.profile, app)
  if (pid === undefined) return { name, ...otherwise(mayCopy, 'the system does not say whose window it is') }
  const seen = await deps.tree.find({ pid, title, rect, point: found.point })
  const look = 'kind' in seen ? seen : await seen.look({ focused: false })
  const read = asRead(look, mayCopy, isJava(deps.programOf(pid)))
  return { name, ...read, ...(read.lookedAtBy === 'tree' && vsCodeAdvice(app)) }
}

function asRead(look: Look, mayCopy: boolean, isJavaProgram: boolean): Read {
  switch (look.kind) {
    case 'text':
      // Monaco shows its text there or none at all, by a setting of its program.
      return look.sure === 'weak' ? otherwise(mayCopy, 'its editor keeps its text out of the tree') : byTree
    case 'disabled':
    case 'elsewhere':
      return byTree
    case 'unreadable':
      return unreadable(look, mayCopy, isJavaProgram)
    default:
      return assertNever(look)
  }
}

const byTree: Read = { lookedAtBy: 'tree' }

function unreadable(
  { why, cure }: Extract<Look, { kind: 'unreadable' }>,
  mayCopy: boolean,
  isJavaProgram: boolean,
): Read {
  switch (why) {
    case 'off':
      return otherwise(mayCopy, undefined)
    case 'not-registered':
      if (isJavaProgram) return otherwise(mayCopy, 'Java shows no tree by itself', JAVA_CURE)
      return otherwise(mayCopy, 'its program shows no tree', cure)
    case 'page-empty':
      return { ...byTree, why: 'once its window is shown', cure }
    case 'no-input':
      return otherwise(mayCopy, 'its input is not found in the tree', cure)
    case 'timeout':
      return otherwise(mayCopy, 'its program does not answer', cure)
    case 'copy-fails':
      return { lookedAtBy: 'none', why: 'its text cannot be copied', cure }
    default:
      return assertNever(why)
  }
}

/** Without the tree. */
function otherwise(mayCopy: boolean, why: string | undefined, cure?: string): Read {
  if (!mayCopy) return { lookedAtBy: 'none', why: NO_SCREEN, cure: SCREEN_CURE }
  return { lookedAtBy: 'copy', ...(why !== undefined && { why }), ...(cure !== undefined && { cure }) }
}

function isJava(program: string): boolean {
  return /^java$/i.test(program)
}

const vsCode = /^(code|code - (oss|insiders)|code-(oss|insiders)|vscodium|codium|cursor|windsurf)$/i

/** VS Code and its kin take whoever reads their tree for a screen reader. */
function vsCodeAdvice(app: string): Pick<Read, 'cure'> | undefined {
  if (!vsCode.test(app)) return undefined
  return {
    cure: `If ${app} asks about a screen reader or stops wrapping lines, set "editor.accessibilitySupport": "off" in its settings.`,
  }
}
