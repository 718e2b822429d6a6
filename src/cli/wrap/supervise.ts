/**
 * The wrapped program is the job of a small shell, which leads the terminal's session. Without it the program's group
 * would be an orphan, and the kernel drops Ctrl+Z for orphans. The shell tells its parent by SIGUSR2 that its job was
 * stopped by Ctrl+Z, by SIGIO that it was stopped otherwise and by SIGURG that it has ended, stops itself and goes on at SIGCONT: so nothing that the program wrote last is
 * lost with the terminal. It says nothing itself: its own complaints (descriptor 2) go nowhere, the program gets descriptor 9.
 */
const SHELL = [
  'trap : INT QUIT',
  'if [ -n "$2" ]; then ENV=$2; export ENV; else unset ENV; fi',
  'if [ -n "$1" ]; then stty "$1"; fi',
  'shift 2',
  '(exec "$@") 2>&9 9>&-',
  'code=$?',
  'while jobs %% >/dev/null 2>&1; do',
  '  if [ "$(kill -l $code)" = TSTP ]; then kill -USR2 $PPID; else kill -IO $PPID; fi',
  '  kill -STOP $$; fg >/dev/null; code=$?',
  'done',
  'kill -URG $PPID; kill -STOP $$; exit $code',
].join('\n')

const START = 'exec 9>&2 2>/dev/null; ENV= exec /bin/sh -ic "$0" waggle "$@"'

/** The program and its arguments that run `command` as described; `modes` (by `stty -g`) are set on its terminal first. */
export function supervised(
  command: readonly string[],
  { modes = '', env }: { readonly modes?: string | undefined; readonly env: NodeJS.ProcessEnv },
): { readonly file: string; readonly args: string[] } {
  return { file: '/bin/sh', args: ['-c', START, SHELL, modes, env['ENV'] ?? '', ...command] }
}
