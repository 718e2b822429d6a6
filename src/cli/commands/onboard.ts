import type { Command } from 'commander'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ListedAgent } from '../../contract/agent'
import type { Message } from '../../contract/message'
import { show, type Context } from '../context'
import { CliError, exitCodes } from '../exit-codes'
import { outcomeLine } from '../format'
import { onboardingText, ownOnboarding } from '../onboarding-text'
import { senderOf } from '../text-options'

interface OnboardOptions {
  readonly everyone?: true
  readonly dryRun?: true
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
  { everyone, dryRun, file, ...sender }: OnboardOptions,
): Promise<void> {
  if ((name === undefined) === (everyone === undefined))
    throw new CliError(exitCodes.usage, 'Name an agent, or give --everyone.')
  const from = senderOf(context, sender)
  const { agents } = await context.call('agent.list', {})
  const wanted = everyone
    ? agents.filter((agent) => agent.enabled && agent.name !== from)
    : agents.filter((agent) => agent.name === name)
  const texts = (wanted.length > 0 ? wanted.map((agent) => agent.name) : [name ?? '']).map((to) => ({
    to,
    text: onboardingText(templateFor(context, to, file), to, agents),
  }))
  if (dryRun && wanted.length > 0)
    return show(context, { messages: texts }, () =>
      texts.flatMap(({ to, text }) => [`To ${to}:`, '', text, '']),
    )
  const messages: Message[] = []
  for (const { to, text } of texts) {
    const sent = await context.call('message.send', {
      to,
      text,
      bare: true,
      ...(from !== undefined && { from }),
    })
    messages.push(...sent.messages)
  }
  show(context, { messages }, () => messages.map(outcomeLine))
}

/** The agent's own text, else the one for all, else the one that comes with Waggle. */
function templateFor(context: Context, name: ListedAgent['name'], file: string | undefined): string {
  if (file !== undefined) return context.readFile(file)
  // A name may hold what leads out of the folder.
  const own = /[/\\]|^\.\.?$/.test(name) ? [] : [join(context.home, 'onboarding', `${name}.md`)]
  const found = [...own, join(context.home, 'onboarding.md')].find((path) => existsSync(path))
  return found === undefined ? ownOnboarding : context.readFile(found)
}
