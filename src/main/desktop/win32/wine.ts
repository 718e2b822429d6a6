import koffi from 'koffi'
import type { Point } from '../desktop'
import { input } from './calls'
import type { Person } from './person'

// What Wine, on which this desktop is tested, does otherwise than Windows; nothing else asks whether it is there:
// - Input moves Wine's own pointer and leaves that of the X server below it where it was, whose place then counts again at
//   some later moment. `takePointerAlong` takes it along.
// - The X server tells of such a move once more, late and without our mark: `Person` knows where we have put it.
// - `GetCursorPos` may tell an older place for a moment: a click puts the pointer up to three times.
// - The inputs of one `SendInput` are let in one by one, and others' between them: a press that was broken up says so.
// - It tells of no window that comes to the front, only of the focus that goes with it: `FRONT_EVENT`. Windows tells of that
//   one at other times, too.
// - Each process has handles of its own for the system's pointers, so the shape of another program's is not known: what an
//   input looks like is never learned, and a click is made as on the first visit.
// - A folder's birth changes with its times: `lock-folder.ts` tells folders apart by their number alone, which NTFS never
//   gives twice.
// - A second server may listen on the name of a pipe: the name carries 128 random bits, and who connects gives a token.
// - A program is started with a line of any length, where Windows has an end of it: `test/windows/beside-the-desktop.test.ts`.
// - Everybody is an administrator, nothing is cloaked, locked or elevated, and no clipboard history listens.

const SETTLE_MS = 15
const isWine = hasWineVersion()
const [SYSTEM_FOREGROUND, OBJECT_FOCUS] = [3, 0x8005] as const
/** What tells that a window, or one in it, has come to the front. */
export const FRONT_EVENT = isWine ? OBJECT_FOCUS : SYSTEM_FOREGROUND

function hasWineVersion(): boolean {
  try {
    koffi.load('ntdll.dll').func('str __stdcall wine_get_version()')
    return true
  } catch {
    return false
  }
}

/** Before the input, and by way of the next pixel: Wine takes it along only where its own pointer moves by that. */
export function takePointerAlong({ x, y }: Point, person: Pick<Person, 'noteOwnPlace'>): void {
  if (!isWine) return
  person.noteOwnPlace(x + 1, y)
  input.SetCursorPos(x + 1, y)
  input.SetCursorPos(x, y)
}

/** For as long as the X server may still tell of where its pointer was on the way. */
export function hasSettled(): () => boolean {
  const end = performance.now() + (isWine ? SETTLE_MS : 0)
  return () => performance.now() >= end
}
