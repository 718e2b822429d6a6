import { useState } from 'react'
import type { Agent } from '../../contract/agent'
import type { Desk } from '../../contract/desktop-look'
import type { Params } from '../../contract/operations'
import type { Call } from '../state/call'
import { useAction } from '../state/use-action'
import { agentTexts as texts } from '../texts/agents'
import { Labelled } from './labelled'
import { TextField } from './text-field'
import { WordsField } from './words-field'
import { matchingTitles } from './matching-titles'
import type { AgentActions } from './use-agent-actions'

interface AgentFieldsProps {
  readonly agent: Agent
  readonly desk: Desk | undefined
  readonly profiles: readonly string[]
  readonly call: Call
  readonly actions: AgentActions
}

type Fields = Omit<Params<'agent.set'>, 'name'>

/** What can be changed about an agent; each field holds once it is left or Enter is pressed. */
export function AgentFields({ agent, desk, profiles, call, actions }: AgentFieldsProps) {
  const { name, enabled, description } = agent
  // Whoever takes its messages itself gets the bare text, and all else beside it.
  const inInbox = agent.way === 'inbox'
  const { run, refusal } = useAction()
  const set = (fields: Fields) => run(() => call('agent.set', { name, ...fields }))
  return (
    <div className="flex flex-col gap-2.5">
      {refusal === undefined ? null : (
        <p role="alert" className="text-bad">
          {refusal}
        </p>
      )}
      <Labelled label={texts.name}>
        {(id) => <TextField id={id} value={name} onChange={(to) => actions.rename(name, to)} required />}
      </Labelled>
      {inInbox ? null : <WindowFields {...{ agent, desk, profiles, set }} />}
      <Labelled label={texts.description} help={texts.descriptionHelp}>
        {(id) => <TextField id={id} value={description} onChange={(text) => set({ description: text })} />}
      </Labelled>
      {inInbox ? null : (
        <WordsField agent={agent} onChange={(words) => set({ words: words === '' ? null : words })} />
      )}
      <Enabled value={enabled} onChange={async (enabled) => call('agent.set', { name, enabled })} run={run} />
    </div>
  )
}

type WindowFieldsProps = Pick<AgentFieldsProps, 'agent' | 'desk' | 'profiles'> & { set(fields: Fields): void }

function WindowFields({ agent: { window = '', profile }, desk, profiles, set }: WindowFieldsProps) {
  return (
    <>
      <Labelled label={texts.window} help={texts.windowHelp}>
        {(id) => <PatternField id={id} value={window} desk={desk} onChange={(window) => set({ window })} />}
      </Labelled>
      <Labelled label={texts.profile}>
        {(id) => (
          <ProfileChoice
            id={id}
            value={profile}
            profiles={profiles}
            onChange={(profile) => set({ profile })}
          />
        )}
      </Labelled>
    </>
  )
}

interface EnabledProps {
  readonly value: boolean
  onChange(value: boolean): Promise<unknown>
  run(act: () => Promise<unknown>): void
}

/** Shows what was asked for until the agent has changed or it was refused, so that the tick does not jump back and forth. */
function Enabled({ value, onChange, run }: EnabledProps) {
  const [asked, setAsked] = useState<{ readonly from: boolean; readonly to: boolean }>()
  const change = (to: boolean) => {
    setAsked({ from: value, to })
    run(async () => {
      await onChange(to).catch((error: unknown) => {
        setAsked(undefined)
        throw error
      })
    })
  }
  // It has changed, by us or by somebody else: what was asked for is over.
  if (asked && asked.from !== value) setAsked(undefined)
  return (
    <label className="flex items-center gap-2">
      <input
        type="checkbox"
        checked={asked?.to ?? value}
        onChange={(event) => change(event.target.checked)}
        className="size-[15px] accent-accent"
      />
      {texts.enabled}
    </label>
  )
}

interface ProfileChoiceProps {
  readonly id: string
  readonly value: string
  readonly profiles: readonly string[]
  onChange(profile: string): void
}

function ProfileChoice({ id, value, profiles, onChange }: ProfileChoiceProps) {
  // A profile that is gone from the settings is still the agent's.
  const names = profiles.includes(value) ? profiles : [value, ...profiles]
  return (
    <select
      id={id}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="h-[30px] w-full rounded-[7px] border border-line bg-raise px-2"
    >
      {names.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  )
}

interface PatternFieldProps {
  readonly id: string
  readonly value: string
  readonly desk: Desk | undefined
  /** Null: no pattern. */
  onChange(pattern: string | null): void
}

function PatternField({ id, value, desk, onChange }: PatternFieldProps) {
  const [typed, setTyped] = useState<string>()
  return (
    <>
      <TextField
        id={id}
        value={value}
        mono
        onTyped={setTyped}
        onChange={(pattern) => onChange(pattern === '' ? null : pattern)}
      />
      <Matches pattern={typed ?? value} desk={desk} />
    </>
  )
}

/** What the pattern fits at this moment, as it is typed. */
function Matches({ pattern, desk }: { pattern: string; desk: Desk | undefined }) {
  if (pattern === '' || !desk) return null
  const titles = matchingTitles(pattern, desk.windows)
  if (!titles) return <p className="text-[12px] text-faint">{texts.notAPattern}</p>
  return (
    <div className="text-[12px]">
      <p className={titles.length === 1 ? 'text-ok' : 'text-bad'}>
        {texts.matching(titles.length)} {titles.length > 1 ? texts.tooMany : null}
      </p>
      <ul>
        {titles.map(({ id, title }) => (
          <li key={id} className="truncate text-soft">
            {title}
          </li>
        ))}
      </ul>
    </div>
  )
}
