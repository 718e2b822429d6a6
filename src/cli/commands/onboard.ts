import type { Command } from 'commander'
import { show, type Context } from '../context'
import { CliError, exitCodes } from '../exit-codes'
import { outcomeLine } from '../format'
import { senderOf } from '../text-options'

interface OnboardOptions {
  readonly everyone?: true
  readonly dryRun?: boolean
  readonly file?: string
  readonly from?: string
  readonly sender?: string
}

/** `onboard`: tells agents who they are, who else is there, and how to write to them. */
export function addOnboardCommand(program: Command, context: Context): void {
  program
    .command('onboard [agent]')
    .description('tell an agent, or everyone, who it is, who else is there and how to write to them')
    .option('--everyone', 'every enabled agent but the sender')
    .option('--dry-run', 'print what would be sent, and send nothing')
    .option('--file <file>', 'the text: {name} and {agents} in it are filled in')
    .option('--from <name>', 'the sender (else the variable WAGGLE_AGENT, else "script")')
    .option('-s, --sender <name>', 'the same as --from')
    .addHelpText(
      'after',
      `\nExamples:\n  $ waggle onboard Agent-1 --dry-run\n  $ waggle onboard --everyone --file welcome.md\n\nWithout --file the text is onboarding/NAME.md or else onboarding.md in Waggle's home (${context.home}), else one that comes with Waggle.`,
    )
    .action((agent: string | undefined, options: OnboardOptions) => onboard(context, agent, options))
}

async function onboard(
  context: Context,
  name: string | undefined,
  { everyone, dryRun = false, file, ...sender }: OnboardOptions,
): Promise<void> {
  if ((name === undefined) === (everyone === undefined))
    throw new CliError(exitCodes.usage, 'Name an agent, or give --everyone.')
  const from = senderOf(context, sender)
  const result = await context.call('agent.onboard', {
    to: name ?? '*',
    dryRun,
    ...(file !== undefined && { template: context.readFile(file) }),
    ...(from !== undefined && { from }),
  })
  show(context, result, ({ texts, messages }) =>
    dryRun ? texts.flatMap(({ to, text }) => [`To ${to}:`, '', text, '']) : messages.map(outcomeLine),
  )
}
