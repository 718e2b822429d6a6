import { join } from 'node:path'
import {
  asFields,
  headOf,
  jsonIn,
  namesIn,
  promptsIn,
  surroundingsOf,
  textOfParts,
  timeOf,
  wasWrittenSince,
  type Fields,
  type Prompt,
} from './record-files'
import type { SessionRecord } from './session-records'

// As Gemini CLI 0.61.0 writes it: ~/.gemini/projects.json has a name for each folder, and ~/.gemini/tmp/NAME/chats/ a file
// for each session there. None says of which process it is: the only one that began since this one was started is its own.

export const geminiRecord: SessionRecord = {
  promptsSince(process, since) {
    const { folder, variable } = surroundingsOf(process)
    const home = join(variable('HOME') ?? '/', '.gemini')
    const name = asFields(jsonIn(join(home, 'projects.json'))['projects'])[folder]
    if (typeof name !== 'string') return []
    const chats = join(home, 'tmp', name, 'chats')
    const [path, ...others] = namesIn(chats)
      .map((chat) => join(chats, chat))
      .filter((chat) => wasWrittenSince(chat, process.startedAt))
      .filter((chat) => timeOf(headOf(chat)['startTime']) >= process.startedAt)
    return path === undefined || others.length > 0 ? [] : promptsIn(path, since, promptOf)
  },
}

function promptOf({ type, content, timestamp }: Fields): Prompt | undefined {
  const text = type === 'user' ? textOfParts(content) : undefined
  return text === undefined ? undefined : { text, at: timeOf(timestamp) }
}
