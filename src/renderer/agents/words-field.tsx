import { useState } from 'react'
import type { Agent } from '../../contract/agent'
import { wordsTrouble, withWords } from '../../contract/words-text'
import { agentTexts as texts } from '../texts/agents'
import { Labelled } from './labelled'
import { TextField } from './text-field'

interface WordsFieldProps {
  readonly agent: Pick<Agent, 'name' | 'words'>
  /** Empty: the bare text. */
  onChange(words: string): void
}

const EXAMPLE_ID = '0198c1de-5b2f-7d3a-9a53-3f1f0d9c2b11'
const EXAMPLE_TIME = '2026-01-31T12:00:00.000Z'

/** What stands around the text of its messages, and what that makes of one: by the very function that makes it. */
export function WordsField({ agent: { name, words = '' }, onChange }: WordsFieldProps) {
  const [typed, setTyped] = useState<string>()
  const now = typed ?? words
  return (
    <Labelled label={texts.words} help={texts.wordsHelp}>
      {(id) => (
        <>
          <TextField id={id} value={words} mono onTyped={setTyped} onChange={onChange} />
          <Preview name={name} words={now} />
        </>
      )}
    </Labelled>
  )
}

function Preview({ name, words }: { name: string; words: string }) {
  if (words === '') return null
  const trouble = wordsTrouble(words)
  if (trouble !== undefined) return <p className="text-[12px] text-bad">{texts.wordsTrouble(trouble)}</p>
  const { wordsText: text, wordsFrom: from } = texts
  return (
    <p className="rounded-[7px] border border-line px-2 py-1.5 text-[12px] break-words whitespace-pre-wrap text-soft">
      {withWords(words, { text, from, to: name, id: EXAMPLE_ID, time: EXAMPLE_TIME })}
    </p>
  )
}
