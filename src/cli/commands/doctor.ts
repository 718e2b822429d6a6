import { Option, type Command } from 'commander'
import { NotRunning } from '../../client/errors'
import type { Check } from '../../contract/doctor'
import { show, type Context } from '../context'
import { exitCodes } from '../exit-codes'
import { columns } from '../format'
import type { Result } from '../../contract/operations'
import { checksWithoutWaggle } from '../offline-checks'

/** `doctor`: what deliveries need, what of it is amiss, and what to do. */
export function addDoctorCommand(program: Command, context: Context): void {
  program
    .command('doctor')
    .description('check all that deliveries need, and say what to do about what is amiss')
    .addOption(
      new Option(
        '--tree <answer>',
        'let Waggle read inputs by the accessibility tree, or have it copy instead',
      ).choices(['on', 'off']),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ waggle doctor\n  $ waggle doctor --tree on\n\nExit code 1 when something keeps messages from going, 69 when Waggle is not running.',
    )
    .action(async ({ tree }: { tree?: 'on' | 'off' }) => {
      if (tree !== undefined) {
        show(context, await context.call('desktop.tree', { on: tree === 'on' }), treeLines)
        return
      }
      const { checks, exitCode } = await examine(context)
      show(context, { checks }, () => checkLines(checks))
      context.setExitCode(exitCode)
    })
}

async function examine(context: Context): Promise<{ checks: readonly Check[]; exitCode: number }> {
  try {
    const { checks } = await context.call('doctor.run', {})
    const isSound = checks.every(({ ok }) => ok !== false)
    return { checks, exitCode: isSound ? exitCodes.done : exitCodes.notDelivered }
  } catch (error) {
    if (!(error instanceof NotRunning)) throw error
    return { checks: checksWithoutWaggle(context, error.message), exitCode: exitCodes.notRunning }
  }
}

const marks = { true: 'ok', warning: 'warning', false: 'PROBLEM' } as const

/** One line a check, its remedy below it where something is to be done. */
export function checkLines(checks: readonly Check[]): string[] {
  const rows = checks.flatMap(({ name, ok, found, remedy }) => [
    [marks[`${ok}`], name, found],
    ...(remedy === undefined ? [] : [['', '', `→ ${remedy}`]]),
  ])
  return columns(rows)
}

/** How it is from now on, and what is to be done before it is so. */
function treeLines({ on, chosen, agents }: Result<'desktop.tree'>): string[] {
  const cures = new Set(agents.flatMap(({ cure }) => (cure === undefined ? [] : [cure])))
  if (chosen !== true)
    return ['Inputs are read by copying, which is slower. "waggle doctor --tree on" changes that.']
  if (!on) return ['Inputs are read by copying: the accessibility tree is not on.']
  return [
    'Inputs are read by the accessibility tree, in programs that start from now on. "waggle doctor --tree off" undoes that.',
    ...cures,
  ]
}
