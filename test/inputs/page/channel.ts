import type { Said } from './types'

/** How a page tells its host what happened in it. */
export interface Channel {
  say(said: Said): void
}

type Run = (command: string, params: never) => unknown

declare global {
  interface Window {
    /** Electron's preload script gives it. */
    readonly main?: { say(said: Said): void }
    /** What the page can be told to do: Electron's main process calls it, and the frame's parent. */
    standIn: { run: Run; channel: Channel }
  }
}

/** The page in a frame speaks through the one around it; a browser's page by HTTP with the server it came from. */
export function openChannel(name: string): Channel {
  if (window.parent !== window) return window.parent.standIn.channel
  const { main } = window
  if (main) return { say: (said) => main.say(said) }
  return { say: (said) => void post(`/said/${encodeURIComponent(name)}`, said) }
}

/** Answers the commands that the server sends; the first line it hears is that the page is there. */
export function answerCommands(name: string, run: Run): void {
  const commands = new EventSource(`/commands/${encodeURIComponent(name)}`)
  commands.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const { id, command, params } = JSON.parse(data) as { id: number; command: string; params: never }
    void Promise.resolve()
      .then(() => run(command, params))
      .then(
        (result) => ({ id, result: result ?? null }),
        (error: unknown) => ({ id, error: String(error) }),
      )
      .then((answer) => post('/answers', answer))
  })
}

let last: Promise<unknown> = Promise.resolve()

/** One after the other, so that they arrive in order. */
function post(path: string, body: unknown): Promise<unknown> {
  last = last.then(() => fetch(path, { method: 'POST', body: JSON.stringify(body) }))
  return last
}
