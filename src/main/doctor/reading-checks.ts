import type { Means } from '../../contract/agent'
import type { Reading } from '../../contract/desktop-look'
import type { Check } from '../../contract/doctor'
import type { Result } from '../../contract/operations'

/** How inputs are read: the person's choice, then the agents by the means they are read with. */
export function readingChecks({ offered, on, chosen, agents }: Result<'desktop.tree'>): Check[] {
  const rows = (['tree', 'screen', 'copy', 'none'] as const).flatMap((means) => {
    const those = agents.filter(({ lookedAtBy }) => lookedAtBy === means)
    return those.length === 0 ? [] : [readCheck(means, those)]
  })
  return offered ? [treeCheck(on, chosen), ...rows] : rows
}

const QUESTION =
  'Let Waggle read your agents’ inputs by the accessibility tree? It sees exactly what stands there, presses no key, and is faster; programs started before must be restarted once. Answer with "waggle doctor --tree on" or "off".'

function treeCheck(on: boolean, chosen: boolean | undefined): Check {
  const check = { name: 'Accessibility tree', fix: 'desktop.tree' } as const
  if (chosen === false)
    return {
      ...check,
      ok: true,
      found: 'Not used, as you chose: inputs are read by copying, which is slower.',
    }
  if (on) {
    const who = chosen === true ? 'as you chose' : 'another program of this desktop needs it'
    return { ...check, ok: true, found: `On, ${who}. Programs started since show their inputs to Waggle.` }
  }
  if (chosen === undefined)
    return {
      ...check,
      ok: 'warning',
      found: 'Off: inputs are read by selecting and copying, which is slower.',
      remedy: QUESTION,
    }
  return {
    ...check,
    ok: 'warning',
    found: 'It could not be switched on, though you chose so: inputs are read by copying.',
    remedy: 'Install the package at-spi2-core, log in anew, and try again with "waggle doctor --tree on".',
  }
}

const names: Readonly<Record<Means, string>> = {
  tree: 'Read by the tree',
  screen: 'Read by the screen',
  copy: 'Read by copying',
  none: 'Not read',
}

function readCheck(means: Means, agents: readonly Reading[]): Check {
  const cures = [...new Set(agents.flatMap(({ cure }) => (cure === undefined ? [] : [cure])))]
  // By the tree, a cure is good advice and no trouble.
  const isSound = means === 'tree' || cures.length === 0
  return {
    name: names[means],
    ok: isSound ? true : 'warning',
    found: byReason(agents),
    ...(cures.length > 0 && { remedy: cures.join(' ') }),
  }
}

/** "Agent-1, Agent-2. Agent-3: its program shows no tree." */
function byReason(agents: readonly Reading[]): string {
  const reasons = new Set(agents.flatMap(({ why }) => (why === undefined ? [] : [why])))
  const parts = [undefined, ...reasons].map((reason) => {
    const names = agents.filter(({ why }) => why === reason).map(({ name }) => name)
    const end = reason === undefined ? '.' : `: ${reason}.`
    return names.length === 0 ? '' : `${names.join(', ')}${end}`
  })
  return parts.filter((part) => part !== '').join(' ')
}
