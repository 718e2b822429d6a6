import type { Chord } from '../desktop/desktop'

/** How one kind of window is typed into: which keys do what there. */
export interface Profile {
  readonly selectAll: Chord
  readonly copy: Chord
  readonly paste: Chord
  /** Ends the selection, so that nothing pressed next replaces the text. */
  readonly toEnd: Chord
  readonly erase: Chord
  /** Types one character that no program expands into something else. */
  readonly mark: Chord
  readonly submit: Chord
}

function chat(command: 'LeftControl' | 'LeftSuper'): Profile {
  return {
    selectAll: [command, 'A'],
    copy: [command, 'C'],
    paste: [command, 'V'],
    toEnd: command === 'LeftSuper' ? [command, 'Down'] : [command, 'End'],
    erase: ['Backspace'],
    mark: ['Space'],
    submit: ['Enter'],
  }
}

/** The profiles by name. `chat`: an input that takes a paste and sends it on Enter. */
export function createProfiles(platform: string): Readonly<Record<'chat', Profile>> {
  return { chat: chat(platform === 'darwin' ? 'LeftSuper' : 'LeftControl') }
}
