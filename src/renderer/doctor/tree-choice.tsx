import { useState } from 'react'
import type { Result } from '../../contract/operations'
import { Button } from '../components/button'
import type { Live } from '../state/live'
import { treeTexts as texts } from '../texts/doctor'
import { useTree } from './use-tree'

interface TreeChoiceProps {
  readonly live: Pick<Live, 'call' | 'onEvent'>
  /** Around it; nothing at all where this system has no tree. */
  readonly className?: string
  onChosen?(): void
}

/** Asks once whether Waggle may read by the accessibility tree; once answered, says how it is and takes it back. */
export function TreeChoice({ live, className = '', onChosen }: TreeChoiceProps) {
  const { tree, choose, refusal, busy } = useTree(live)
  const [justOn, setJustOn] = useState(false)
  if (!tree?.offered) return null
  const answer = (on: boolean) =>
    choose(on, () => {
      setJustOn(on)
      onChosen?.()
    })
  const { sentence, choices } = said(tree)
  const isQuestion = choices.length > 1
  return (
    <section aria-label={texts.title} className={className}>
      <div className={isQuestion ? 'flex flex-col gap-2' : 'flex items-start gap-4'}>
        <p role="status" className={isQuestion ? '' : 'flex-1 text-soft'}>
          {sentence} {justOn && tree.chosen === true && tree.on ? texts.restart : null}
        </p>
        {choices.length === 0 ? null : (
          <div className={`flex shrink-0 gap-2 ${isQuestion ? 'mb-0.5' : '-my-[5px]'}`}>
            {choices.map(([label, on]) => (
              <Button key={label} onPress={() => answer(on)} disabled={busy}>
                {label}
              </Button>
            ))}
          </div>
        )}
      </div>
      {refusal === undefined ? null : (
        <p role="alert" className="selectable mt-1.5 text-bad">
          {refusal}
        </p>
      )}
    </section>
  )
}

type Choices = readonly (readonly [label: string, on: boolean])[]

/** How it stands, and what can be chosen: the question only until it was answered. */
function said({ on, chosen }: Result<'desktop.tree'>): { sentence: string; choices: Choices } {
  if (chosen === false) return { sentence: texts.off, choices: [[texts.redo, true]] }
  if (on && chosen === true) return { sentence: texts.on, choices: [[texts.undo, false]] }
  if (on) return { sentence: texts.foreign, choices: [] }
  if (chosen === true)
    return {
      sentence: texts.failed,
      choices: [
        [texts.retry, true],
        [texts.no, false],
      ],
    }
  return {
    sentence: texts.question,
    choices: [
      [texts.yes, true],
      [texts.no, false],
    ],
  }
}
