import { z } from 'zod'
import { wordsTrouble } from './words-text'

/** Words around the text of messages: a name of those built in, or a template of one's own. */
export const wordsSchema = z
  .string()
  .min(1)
  .max(2000)
  .superRefine((words, context) => {
    const message = wordsTrouble(words)
    if (message !== undefined) context.addIssue({ code: 'custom', message })
  })
  .describe(
    'what stands around the text of its messages: `signed`, `answerable`, or a template of your own with {text} and any of {from}, {to}, {id}, {time}, {reply} (the command that answers)',
  )
