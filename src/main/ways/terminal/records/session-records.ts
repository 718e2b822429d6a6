import { agentProduct } from '../../../../contract/agent-programs'
import { bare, type Wanted } from '../../../looking/same-text'
import type { Reader } from '../../../looking/standing'
import { processesOf, type Process } from '../reader'
import { claudeRecord } from './claude-code'
import { codexRecord } from './codex'
import { geminiRecord } from './gemini-cli'

/**
 * What agents write down of their own sessions. Nobody has promised these files: they confirm what the screen has told or
 * name a reason, and without them everything is as it would be. Nothing here throws.
 */
export interface SessionRecords {
  /** True when by its record the agent waits for its person's answer. */
  asks(reader: Reader): boolean
  /** True when by its record exactly this was asked since then (ms since 1970). */
  has(reader: Reader, message: Wanted, since: number): boolean
}

/** The record of one kind of agent. */
export interface SessionRecord {
  asks?(process: Process): boolean
  promptsSince(process: Process, since: number): string[]
}

const kinds = new Map<string, SessionRecord>([
  ['Claude Code', claudeRecord],
  ['Codex', codexRecord],
  ['Gemini CLI', geminiRecord],
])

export const sessionRecords: SessionRecords = {
  asks: (reader) => inAny(reader, ({ record, process }) => record.asks?.(process) === true),
  has: (reader, message, since) =>
    inAny(reader, ({ record, process }) =>
      record.promptsSince(process, since).some((prompt) => bare(prompt) === message.bare),
    ),
}

/** A file that cannot be read says nothing. */
function inAny(reader: Reader, isSo: (kept: ReturnType<typeof recordsOf>[number]) => boolean): boolean {
  try {
    return recordsOf(reader).some(isSo)
  } catch {
    return false
  }
}

/** Of each process of the program: often the agent is the child of a script. */
function recordsOf({ id }: Reader) {
  return processesOf(id).flatMap((process) => {
    const record = kinds.get(agentProduct(process.name) ?? '')
    return record ? [{ record, process }] : []
  })
}
