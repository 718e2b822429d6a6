import { z } from 'zod'

/** The longest text of a message, in characters (Unicode code points). */
export const MAX_TEXT_LENGTH = 65_536

/**
 * Control characters other than newline and tab. A paste that carries an escape sequence or a carriage return
 * can take over a terminal, so they are refused at the door, as are lone surrogates, which UTF-8 cannot carry.
 */
const FORBIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\p{Surrogate}/u

/** The text of a message: 1 to 65,536 characters, newlines and tabs allowed, other control characters refused. */
export const messageText = z
  .string()
  .min(1, 'the text is empty')
  .refine((text) => text.length <= MAX_TEXT_LENGTH || Array.from(text).length <= MAX_TEXT_LENGTH, {
    error: `the text is longer than ${MAX_TEXT_LENGTH} characters`,
  })
  .superRefine((text, context) => {
    const found = FORBIDDEN.exec(text)
    if (!found) return
    const code = found[0].codePointAt(0) ?? 0
    const place = `U+${code.toString(16).toUpperCase().padStart(4, '0')} at ${found.index}`
    const message =
      code < 0xd800
        ? `the text has a control character (${place}); only newlines and tabs are allowed`
        : `the text has half of a character without its other half (${place})`
    context.addIssue({ code: 'custom', message })
  })
  .describe(`at most ${MAX_TEXT_LENGTH} characters; newlines and tabs, but no other control characters`)

/** A name of an agent or a sender: one line of 1 to 64 characters; "*" means everyone and is no name. */
export const partyName = z
  .string()
  .min(1, 'the name is empty')
  .max(64, 'the name is longer than 64 characters')
  .refine((name) => name.trim() === name, { error: 'the name begins or ends with a space' })
  .refine((name) => !/[\p{Cc}\p{Surrogate}]/u.test(name), { error: 'the name has a control character' })
  .refine((name) => name !== '*', { error: '"*" means every agent and cannot be a name' })
