import type { Agent } from '../../contract/agent'
import type { AgentChange } from '../../contract/agent-import'
import { Button } from '../components/button'
import { Dialog } from '../components/dialog'
import { tones, type Tone } from '../components/tone'
import { agentTexts as texts } from '../texts/agents'

export interface ImportPreview {
  readonly file: string
  readonly content: string
  readonly changes: readonly AgentChange[]
  /** What kind of file it is, in words. */
  readonly form: string
}

interface ImportDialogProps {
  readonly preview: ImportPreview
  onApply(): void
  onClose(): void
}

const changeTones: Readonly<Record<AgentChange['change'], Tone>> = {
  new: 'ok',
  changed: 'wait',
  same: 'soft',
  removed: 'bad',
  broken: 'bad',
}

/** What the file would do to each agent, before it does. */
export function ImportDialog({ preview: { file, changes, form }, onApply, onClose }: ImportDialogProps) {
  const applied = changes.filter(({ change }) => change === 'new' || change === 'changed').length
  const broken = changes.some(({ change }) => change === 'broken')
  return (
    <Dialog title={texts.importTitle(file)} onClose={onClose}>
      <p className="text-[12px] text-faint">{texts.importForm(form)}</p>
      <ul tabIndex={0} className="min-h-0 overflow-y-auto rounded-[9px] border border-line">
        {changes.map((change) => (
          <li key={change.name} className="flex gap-2.5 border-t border-line px-3 py-1.5 first:border-t-0">
            <span className="w-[104px] shrink-0 truncate font-semibold">{change.name}</span>
            <span className="selectable min-w-0 flex-1 break-words text-soft">
              {[changeWords(change), texts.ignored(change.ignored)].filter(Boolean).join('; ')}
            </span>
            <span className={`shrink-0 text-[12px] ${tones[changeTones[change.change]]}`}>
              {texts.changes[change.change]}
            </span>
          </li>
        ))}
      </ul>
      <div className="flex items-center justify-end gap-2">
        <p className="mr-auto text-[12px] text-faint">
          {applied === 0 ? texts.importNothing : broken ? texts.importBroken : null}
        </p>
        <Button onPress={onClose}>{texts.cancel}</Button>
        <Button onPress={onApply} disabled={applied === 0}>
          {texts.importApply(applied)}
        </Button>
      </div>
    </Dialog>
  )
}

/** "point 150, 190 → 200, 300", or what is wrong with it. */
export function changeWords({ change, before, after, problems }: AgentChange): string {
  if (change === 'broken') return (problems ?? []).join('; ')
  if (change === 'same' || !after) return ''
  const fields = Object.entries(texts.fields).filter(
    ([field]) => valueOf(before, field) !== valueOf(after, field),
  )
  const words = fields.map(([field, name]) => {
    const now = valueOf(after, field)
    return before ? `${name} ${valueOf(before, field)} → ${now}` : `${name} ${now}`
  })
  return words.join(', ')
}

/** What an agent is of which only the name is known: a new one shows no more than what differs from it. */
const plain: Omit<Agent, 'name'> = { profile: 'chat', enabled: true, description: '' }

function valueOf(agent: Omit<Agent, 'name'> = plain, field: string): string {
  switch (field) {
    case 'at':
      return agent.at ? `${agent.at[0]}, ${agent.at[1]}` : texts.none
    case 'enabled':
      return agent.enabled ? texts.yes : texts.no
    case 'window':
      return agent.window ?? texts.none
    case 'profile':
      return agent.profile
    default:
      return agent.description || texts.none
  }
}
