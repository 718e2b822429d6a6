import type { Bridge, Stance, Wish } from '../contract/bridge'
import type { WaggleEvent } from '../contract/events'
import type { Call } from './state/call'

declare global {
  interface Window {
    readonly waggle: Bridge
  }
}

/** An operation that was refused; the message is a sentence for the user. */
export class Refusal extends Error {
  override readonly name = 'Refusal'

  constructor(
    readonly code: number,
    message: string,
    readonly data?: Readonly<Record<string, unknown>>,
  ) {
    super(message)
  }
}

/** Calls an operation of the contract; rejects with a {@link Refusal}. */
export const call: Call = async (name, params) => {
  const answer = await window.waggle.call(name, params)
  if (!answer.ok) throw new Refusal(answer.error.code, answer.error.message, answer.error.data)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the handlers answer by the contract this type is from
  return answer.result as never
}

export function onEvent(listener: (event: WaggleEvent) => void): () => void {
  return window.waggle.onEvent(listener)
}

/** Calls back whenever the window is opened for something. */
export function onWish(listener: (wish: Wish) => void): () => void {
  return window.waggle.onWish(listener)
}

/** Asks the quick-send window to stand so; resolves once it does. */
export function stand(stance: Stance): Promise<void> {
  return window.waggle.stand(stance)
}

/** What the app knew when it opened this page. */
export interface StartFacts {
  /** False when this desktop shows no tray icons, so that the window is the only way in. */
  readonly hasTray: boolean
}

export function startFacts(): StartFacts {
  return { hasTray: new URLSearchParams(window.location.search).get('tray') !== 'missing' }
}

/** Which screen this page covers while an agent's input is pointed at, and the address of its picture. */
export function shownScreen(): { readonly index: number; readonly picture: string } {
  const index = Number(new URLSearchParams(window.location.search).get('screen'))
  return { index, picture: `waggle://app/pointing.png?screen=${index}` }
}
