import { join } from 'node:path'
import type { Process } from '../reader'
import {
  asFields,
  jsonIn,
  namesIn,
  promptsIn,
  surroundingsOf,
  timeOf,
  type Fields,
  type Prompt,
} from './record-files'
import type { SessionRecord } from './session-records'

// As Claude Code 2.1.197 writes it: ~/.claude/sessions/PID.json says which session a process runs and whether it waits for
// its person; ~/.claude/projects/FOLDER/SESSION.jsonl is what was said.

export const claudeRecord: SessionRecord = {
  asks: (process) => stateOf(process)['status'] === 'waiting',
  promptsSince(process, since) {
    const { sessionId } = stateOf(process)
    if (typeof sessionId !== 'string') return []
    const projects = join(homeOf(process), 'projects')
    // Its folder is named after the project's, in a way of its own.
    return namesIn(projects).flatMap((name) =>
      promptsIn(join(projects, name, `${sessionId}.jsonl`), since, promptOf),
    )
  },
}

function stateOf(process: Process): Fields {
  return jsonIn(join(homeOf(process), 'sessions', `${process.pid}.json`))
}

function homeOf(process: Process): string {
  const { variable } = surroundingsOf(process)
  return variable('CLAUDE_CONFIG_DIR') ?? join(variable('HOME') ?? '/', '.claude')
}

function promptOf({ type, isSidechain, message, timestamp }: Fields): Prompt | undefined {
  const { content } = asFields(message)
  if (type !== 'user' || isSidechain === true || typeof content !== 'string') return undefined
  return { text: content, at: timeOf(timestamp) }
}
