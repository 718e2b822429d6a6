/** What Electron and npm have set for themselves; the first two would make a plain Node of the next Electron. */
const OURS =
  /^(ELECTRON_RUN_AS_NODE|ELECTRON_NO_ASAR|ELECTRON_NO_ATTACH_CONSOLE|CHROME_DESKTOP|ORIGINAL_XDG_CURRENT_DESKTOP|INIT_CWD|npm_(?!config_).*)$/

/** The variables that this process was started with, as a program of the person's own would have them. */
export function personEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { ORIGINAL_XDG_CURRENT_DESKTOP: desktop } = env
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !OURS.test(name)))
  return desktop === undefined ? kept : { ...kept, XDG_CURRENT_DESKTOP: desktop }
}
