import { arch, release, type } from 'node:os'
import { Option, type Command } from 'commander'
import { NotRunning } from '../../client/errors'
import type { Check, DeskFact } from '../../contract/doctor'
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
    .option(
      '--report',
      'what a report of a fault needs: versions, desk, layout, managers; no texts, titles, names or paths',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ waggle doctor\n  $ waggle doctor --report\n  $ waggle doctor --tree on\n\nExit code 1 when something keeps messages from going, 69 when Waggle is not running.',
    )
    .action(async ({ tree, report }: { tree?: 'on' | 'off'; report?: true }) => {
      if (tree !== undefined) {
        show(context, await context.call('desktop.tree', { on: tree === 'on' }), treeLines)
        return
      }
      const { exitCode, ...result } = await examine(context)
      show(context, result, ({ checks, desk }) => (report ? reportLines(checks, desk) : checkLines(checks)))
      context.setExitCode(exitCode)
    })
}

async function examine(context: Context): Promise<Result<'doctor.run'> & { exitCode: number }> {
  try {
    const { checks, desk } = await context.call('doctor.run', {})
    const isSound = checks.every(({ ok }) => ok !== false)
    return { checks, desk, exitCode: isSound ? exitCodes.done : exitCodes.notDelivered }
  } catch (error) {
    if (!(error instanceof NotRunning)) throw error
    const desk = [{ what: 'System', found: `${type()} ${release()} ${arch()}` }]
    return { checks: checksWithoutWaggle(context, error.message), desk, exitCode: exitCodes.notRunning }
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

/** What these found is a sentence of Waggle's own; others name agents, windows and folders. */
const PUBLIC = new Set([
  'Display',
  'Mouse and keyboard',
  'Window manager',
  'Keys',
  'Screen',
  'Tray',
  'Permission',
  'Administrator',
  'Queue',
  'Electron',
])

function reportLines(checks: readonly Check[], desk: readonly DeskFact[]): string[] {
  const facts = columns(desk.map(({ what, found }) => [what, found]))
  const stand = columns(
    checks.map(({ name, ok, found }) => [marks[`${ok}`], name, ...(PUBLIC.has(name) ? [found] : [])]),
  )
  return [...facts, '', ...stand]
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
