import { useState, type DragEvent } from 'react'
import type { ToastWords } from '../components/toast'
import type { Call } from '../state/call'
import { agentTexts as texts } from '../texts/agents'
import type { ImportPreview } from './import-dialog'
import type { AgentActions } from './use-agent-actions'

interface CoordinateFileDeps {
  readonly call: Call
  readonly actions: Pick<AgentActions, 'run'>
  say(toast: ToastWords): void
}

/** A coordinates file on its way in: chosen or dropped, looked at, and only then applied. */
export function useCoordinateFile({ call, actions: { run }, say }: CoordinateFileDeps) {
  const [preview, setPreview] = useState<ImportPreview>()
  const [hovers, setHovers] = useState(false)
  const look = (file: File | undefined) => {
    if (!file) return
    run(async () => {
      const content = await file.text()
      const { changes, form } = await call('agent.import', { content, preview: true })
      setPreview({ file: file.name, content, changes, form })
    })
  }
  const choose = () => {
    const input = Object.assign(document.createElement('input'), {
      type: 'file',
      accept: '.json,application/json',
    })
    input.addEventListener('change', () => look(input.files?.[0]))
    input.click()
  }
  const apply = () => {
    if (!preview) return
    const { content } = preview
    run(async () => {
      const { changes } = await call('agent.import', { content, leaveOutBroken: true })
      const made = changes.filter(({ change }) => change === 'new' || change === 'changed')
      const back = { label: texts.undo, key: 'Z', act: () => run(() => call('agent.import', { undo: true })) }
      say({ words: texts.imported(made.length), ...(made.length > 0 && { action: back }) })
    })
    setPreview(undefined)
  }
  const dropZone = {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes('Files')) return
      event.preventDefault()
      setHovers(true)
    },
    onDragLeave: () => setHovers(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setHovers(false)
      look(event.dataTransfer.files[0])
    },
  }
  return { preview, hovers, choose, apply, dropZone, close: () => setPreview(undefined) }
}

export type CoordinateFile = ReturnType<typeof useCoordinateFile>

/** Hands the agents over as a file to be saved, in the form that an import reads. */
export async function saveAgents(call: Call): Promise<void> {
  const { agents } = await call('agent.export', {})
  const address = URL.createObjectURL(
    new Blob([JSON.stringify({ agents }, null, 2)], { type: 'application/json' }),
  )
  const link = Object.assign(document.createElement('a'), { href: address, download: texts.exportFile })
  link.click()
  URL.revokeObjectURL(address)
}
