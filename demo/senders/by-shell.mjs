// A sender as a shell script under a lock of flock, with fixed pauses: a helper fills the clipboard, xdotool presses the
// keys, and it is "delivered" when nothing failed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { converse } from './conversation.mjs'

const SCRIPT = `
pause() { sleep "$PAUSE"; }
xdotool mousemove "$X" "$Y" && pause && xdotool click 1 && pause && "$XSEL" --clipboard --input && pause &&
xdotool key ctrl+v && pause && xdotool key Return && pause`

/** The helper that nut-js brings along for its own clipboard. */
const XSEL = fileURLToPath(new URL('fallbacks/linux/xsel', import.meta.resolve('clipboardy')))

await converse(async ({ pauseMs, lock: path }) => async ({ at: [x, y], text }) => {
  const env = { ...process.env, XSEL, X: String(x), Y: String(y), PAUSE: String(pauseMs / 1000) }
  const script = spawn('flock', ['--close', String(path), 'sh', '-c', SCRIPT], {
    env,
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  script.stdin.end(text)
  await once(script, 'exit')
  return script.exitCode === 0 ? 'delivered' : `exit ${script.exitCode}`
})
