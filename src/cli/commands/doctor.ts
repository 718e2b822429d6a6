import type { Command } from 'commander'
import type { Check } from '../../contract/doctor'
import { show, type Context } from '../context'
import { CliError, exitCodes } from '../exit-codes'
import { columns } from '../format'
import { checksWithoutWaggle } from '../offline-checks'

/** `doctor`: what deliveries need, what of it is amiss, and what to do. */
export function addDoctorCommand(program: Command, context: Context): void {
  program
    .command('doctor')
    .description('check all that deliveries need, and say what to do about what is amiss')
    .addHelpText(
      'after',
      '\nExample:\n  $ waggle doctor\n\nExit code 1 when something keeps messages from going, 69 when Waggle is not running.',
    )
    .action(async () => {
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
    if (!(error instanceof CliError) || error.exitCode !== exitCodes.notRunning) throw error
    return { checks: checksWithoutWaggle(context, error.message), exitCode: exitCodes.notRunning }
  }
}

const marks = { true: 'ok', warning: 'warning', false: 'PROBLEM' } as const

/** One line a check, its remedy below it where something is to be done. */
export function checkLines(checks: readonly Check[]): string[] {
  const rows = checks.flatMap(({ name, ok, found, remedy }) => [
    [marks[`${ok}`], name, found],
    ...(remedy === undefined || ok === true ? [] : [['', '', `→ ${remedy}`]]),
  ])
  return columns(rows)
}
