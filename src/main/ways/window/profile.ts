import type { OwnProfile } from '../../../contract/settings'
import type { Chord, KeyName } from '../../desktop/desktop'

/** How one kind of window is typed into: which keys do what there. */
export interface Profile {
  readonly selectAll: Chord
  readonly copy: Chord
  readonly paste: Chord
  /** Ends the selection, so that nothing pressed next replaces the text. */
  readonly toEnd: Chord
  readonly erase: Chord
  /** Without it, the text is left for a person to send. */
  readonly submit: Chord | undefined
  /** Whether all that stands in the input may be selected and copied, to look at it. */
  readonly readBack: boolean
  readonly newlines: 'keep' | 'spaces'
}

type Kind = OwnProfile['base']
type Paste = NonNullable<OwnProfile['paste']>

const pastes: Readonly<Record<Paste, (command: KeyName) => Chord>> = {
  'ctrl+v': (command) => [command, 'V'],
  'ctrl+shift+v': (command) => (command === 'LeftSuper' ? [command, 'V'] : [command, 'LeftShift', 'V']),
  'shift+insert': () => ['LeftShift', 'Insert'],
}

type Complete = { readonly [F in keyof Omit<OwnProfile, 'base'>]-?: NonNullable<OwnProfile[F]> }

/** What each kind does where the user's own profile says nothing else. */
const kinds: Readonly<Record<Kind, Complete>> = {
  chat: { paste: 'ctrl+v', submit: 'enter', newlines: 'keep', readBack: true, clear: 'select-all' },
  editor: { paste: 'ctrl+v', submit: 'ctrl+enter', newlines: 'keep', readBack: true, clear: 'select-all' },
  terminal: { paste: 'ctrl+shift+v', submit: 'enter', newlines: 'keep', readBack: false, clear: 'none' },
}

interface ProfileDeps {
  readonly platform: string
  /** The user's own profiles, as they are now. */
  readonly own: () => Readonly<Record<string, OwnProfile>>
}

/** What pastes in this program: a plain xterm knows no other key, and takes the primary selection by it. */
function pasteIn(app: string, paste: Paste): Paste {
  return /^u?xterm$/i.test(app) && paste === 'ctrl+shift+v' ? 'shift+insert' : paste
}

/** The profile of that name for a window of that program; an unknown name, left from a profile removed, means `chat`. */
export function createProfiles({ platform, own }: ProfileDeps): (name: string, app: string) => Profile {
  const command: KeyName = platform === 'darwin' ? 'LeftSuper' : 'LeftControl'
  return (name, app) => {
    const mine: Partial<OwnProfile> = own()[name] ?? {}
    const kind = kinds[mine.base ?? kindOf(name)]
    const submit = mine.submit ?? kind.submit
    return {
      selectAll: [command, 'A'],
      copy: [command, 'C'],
      paste: pastes[pasteIn(app, mine.paste ?? kind.paste)](command),
      toEnd: command === 'LeftSuper' ? [command, 'Down'] : [command, 'End'],
      erase: ['Backspace'],
      submit: submit === 'none' ? undefined : submit === 'enter' ? ['Enter'] : [command, 'Enter'],
      readBack: (mine.readBack ?? kind.readBack) && (mine.clear ?? kind.clear) === 'select-all',
      newlines: mine.newlines ?? kind.newlines,
    }
  }
}

function kindOf(name: string): Kind {
  return name === 'terminal' || name === 'editor' ? name : 'chat'
}

const terminals =
  /^(u?xterm|st(-.*)?|rxvt|urxvt|mlterm|kitty|alacritty|konsole|foot|ghostty|terminator|tilix|sakura|windowsterminal|terminal|iterm2)$|terminal|wezterm/i
/** More of them, which no other name of a program holds. */
const moreTerminals =
  /^(org\.gnome\.)?(kgx|console|ptyxis|guake|yakuake|tilda|terminology|cool-retro-term|roxterm|lilyterm|termite|zutty|eterm|aterm|contour|rio|hyper|tabby|warp|conhost|openconsole|mintty|putty|conemu(64)?|black-?box|com\.raggesilver\.blackbox)$/i

/** Whether windows of this program are terminals: what reads there is asked, and keys that interrupt are never pressed. */
export function isTerminal(app: string): boolean {
  return terminals.test(app) || moreTerminals.test(app)
}

/** The profile that most probably fits a window of this program (WM_CLASS on X11). */
export function guessProfile(app: string): Kind {
  return isTerminal(app) ? 'terminal' : 'chat'
}
