import type { Message, MessageState } from '../../contract/message'

/** What a word's colour means: it happens now, went well, went wrong, waits, is in doubt, or nothing. */
export type Tone = 'accent' | 'ok' | 'bad' | 'wait' | 'doubt' | 'soft'

export const tones: Readonly<Record<Tone, string>> = {
  accent: 'text-accent-text',
  ok: 'text-ok',
  bad: 'text-bad',
  wait: 'text-wait',
  doubt: 'text-doubt',
  soft: 'text-soft',
}

const stateTones: Readonly<Record<MessageState, Tone>> = {
  queued: 'wait',
  delivering: 'accent',
  delivered: 'ok',
  failed: 'bad',
  'in-doubt': 'doubt',
  cancelled: 'soft',
  expired: 'soft',
}

export function toneOf({ state }: Pick<Message, 'state'>): Tone {
  return stateTones[state]
}
