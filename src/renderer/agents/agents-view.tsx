import { useMemo, useState } from 'react'
import { DoctorChecks } from '../doctor/doctor-checks'
import { Notice } from '../components/notice'
import { Toast, useToast } from '../components/toast'
import type { Live } from '../state/live'
import { useLive } from '../state/use-live'
import { useShortcuts } from '../state/use-shortcuts'
import { agentTexts as texts } from '../texts/agents'
import { AddAgent } from './add-agent'
import { AgentDetail } from './agent-detail'
import { AgentList } from './agent-list'
import { useCoordinateFile } from './coordinate-file'
import { DeskMap } from './desk-map'
import { FileImport } from './file-import'
import { FirstRun } from './first-run'
import { Onboarding, useOnboarding } from './onboarding'
import { useAgentActions } from './use-agent-actions'
import { useDesk } from './use-desk'
import { useFacts } from './use-facts'
import { useStandings } from './use-standings'

/** Agents by name, "Agent-2" before "Agent-10": their numbers do not change when one is put back. */
const byName = new Intl.Collator('en', { numeric: true })

/** The desktop with every agent's input on it, the agents, and what can be done about each. */
export function AgentsView({ live }: { live: Live }) {
  const { call } = live
  const { agents, status } = useAgents(live)
  const { desk, trouble } = useDesk(live)
  const standings = useStandings(live)
  const { shortcut, hasDelivered, profiles } = useFacts(call)
  const [selected, setSelected] = useState<string>()
  const [adding, setAdding] = useState(false)
  const [guideClosed, setGuideClosed] = useState(false)
  const { toast, say, act } = useToast()
  const onboarding = useOnboarding(say)
  const actions = useAgentActions({ call, agents, say, choose: setSelected })
  const file = useCoordinateFile({ call, actions, say })
  useShortcuts({ a: () => setAdding(true), z: act })
  // What was known when the view opened decides: the guide stays until its last step is read.
  const guided = !guideClosed && (hasDelivered === false || agents.length === 0)
  const chosen = agents.find(({ name }) => name === selected)
  const guide = (
    <>
      <FirstRun
        {...{ live, agents, actions, shortcut }}
        onImport={file.choose}
        onDone={() => setGuideClosed(true)}
      />
      <DoctorChecks live={live} show="trouble" />
    </>
  )
  const choice = { agents, desk, selected, onSelect: setSelected }
  const common = { status, standings, call, actions, shortcut, profiles, file, onOnboard: onboarding.open }
  return (
    <div className="relative flex min-h-0 flex-1 flex-col" {...file.dropZone}>
      <Troubles sentences={[trouble && texts.unseen(trouble), actions.refusal]} />
      <div className="flex min-h-0 flex-1 flex-col gap-3.5 roomy:flex-row">
        <div className="scroller flex flex-col gap-3.5">
          {guided ? guide : null}
          <DeskMap {...choice} />
          <AgentList {...choice} {...common} onAdd={() => setAdding(true)} />
        </div>
        {chosen ? (
          <AgentDetail {...common} desk={desk} agent={chosen} onClose={() => setSelected(undefined)} />
        ) : null}
      </div>
      {adding ? (
        <AddAgent {...common} agents={agents} onAdded={setSelected} onClose={() => setAdding(false)} />
      ) : null}
      <Onboarding call={call} onboarding={onboarding} />
      <FileImport file={file} />
      <Toast toast={toast} onAct={act} />
    </div>
  )
}

function useAgents(live: Live) {
  const { agents: unsorted, status } = useLive(live)
  const agents = useMemo(() => unsorted.toSorted((a, b) => byName.compare(a.name, b.name)), [unsorted])
  return { agents, status }
}

function Troubles({ sentences }: { sentences: readonly (string | undefined)[] }) {
  return sentences
    .filter((sentence) => sentence !== undefined)
    .map((sentence) => (
      <Notice key={sentence} tone="bad">
        {sentence}
      </Notice>
    ))
}
