import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Command } from 'commander'

/** `start`: Waggle itself, where there is no desktop to show a window on. */
export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description('run Waggle without a desktop: same queue, pipe and command line; agents in windows wait')
    .requiredOption('--headless', 'without a window or a tray; with these, start the app itself')
    .addHelpText(
      'after',
      '\nExample:\n  $ waggle start --headless\n\nIt runs until Ctrl+C or SIGTERM, and needs neither a display nor a login session: over ssh, in a container, as a service.',
    )
    .action(async () => {
      // Built beside the command line, and started by being loaded.
      await import(pathToFileURL(join(__dirname, '..', 'main', 'headless.js')).href)
    })
}
