import { useState } from 'react'
import type { Agent } from '../../contract/agent'
import type { ToastWords } from '../components/toast'
import type { Call } from '../state/call'
import { useAction } from '../state/use-action'
import { agentTexts as texts } from '../texts/agents'

interface Deps {
  readonly call: Call
  readonly agents: readonly Agent[]
  say(toast: ToastWords): void
  /** Another agent, or none, is chosen from now on. */
  choose(name: string | undefined): void
}

/** What the buttons of the view do; each that loses something can be undone for a while. */
export function useAgentActions({ call, agents, say, choose }: Deps) {
  const { run, refusal } = useAction()
  const [pointing, setPointing] = useState<string>()
  const [previews, setPreviews] = useState<Readonly<Record<string, string>>>({})
  const before = (name: string) => agents.find((agent) => agent.name === name)
  /** Puts an agent back with all its fields and its window. */
  const restore = (agent: Agent) =>
    run(() => call('agent.import', { content: JSON.stringify({ agents: [agent] }), remember: false }))
  const point = (name: string) => {
    const old = before(name)
    setPointing(name)
    run(async () => {
      const { pointed, agents, picture } = await call('agent.point', { name }).finally(() =>
        setPointing(undefined),
      )
      if (!pointed) return
      choose(name)
      if (picture !== undefined) setPreviews((all) => ({ ...all, [name]: picture }))
      const back = old ? () => restore(old) : () => run(() => call('agent.remove', { name }))
      say({ words: pointedWords(name, agents), action: undo(back) })
    })
  }
  const remove = (name: string) => {
    const old = before(name)
    const after = () => {
      choose(undefined)
      say({ words: texts.removed(name), ...(old && { action: undo(() => restore(old)) }) })
    }
    run(() => call('agent.remove', { name }), after)
  }
  const rename = (name: string, to: string) => {
    const back = () =>
      run(
        () => call('agent.rename', { name: to, to: name }),
        () => choose(name),
      )
    const after = () => {
      choose(to)
      say({ words: texts.renamed(name, to), action: undo(back) })
    }
    run(() => call('agent.rename', { name, to }), after)
  }
  return { run, refusal, pointing, previews, point, remove, rename }
}

export type AgentActions = ReturnType<typeof useAgentActions>

function undo(act: () => void): NonNullable<ToastWords['action']> {
  return { label: texts.undo, key: 'Z', act }
}

function pointedWords(name: string, agents: readonly Agent[]): string {
  return texts.pointed(name, agents.find((agent) => agent.name === name)?.calibration?.title ?? '')
}
