import type { NewMessage } from '../src/main/queue/message-store'

const words = [
  'status',
  'please',
  'review',
  'the',
  'build',
  'branch',
  'merge',
  'tests',
  'green',
  'deploy',
  'docs',
  'when',
  'done',
  'agent',
]

/** A message like those that agents send each other: a sentence of 30 words; `number` makes it its own. */
export function sampleMessage(number: number, sender = number % 40): NewMessage {
  const text = Array.from(
    { length: 30 },
    (_, place) => words[(number * 7 + place * (1 + (number % 5))) % words.length],
  )
  return {
    to: `Agent-${number % 8}`,
    from: `sender-${sender}`,
    text: `${text.join(' ')} ticket${number}`,
    priority: 'normal',
    submit: true,
  }
}
