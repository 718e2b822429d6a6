/** The system, administrators (who can read everything anyhow), and whoever owns or has made a file. */
const TRUSTED = ['SY', 'BA', 'OW', 'CO', 'S-1-5-18', 'S-1-5-32-544', 'S-1-3-0', 'S-1-3-4']
const EVERYONE = 'WD'

/**
 * Who besides this user, the system and administrators has a right to a folder, of Windows' own text for its rights
 * (SDDL): the short name or the number of each.
 */
export function strangersInRights(rights: string, user: string): string[] {
  // A folder without a list is everybody's.
  const list = /D:([^:]*?)((?:\([^)]*\))*)(?=$|S:)/.exec(rights)
  if (!list || list[1]?.includes('NO_ACCESS_CONTROL')) return [EVERYONE]
  const entries = [...(list[2] ?? '').matchAll(/\(([^)]*)\)/g)].map(([, entry = '']) => entry.split(';'))
  const allowed = entries.filter(([kind]) => kind === 'A' || kind === 'XA')
  // What is inherited alone gives no right to the folder itself, and files in it name who made them.
  const strangers = allowed.map(([, , , , , who = '']) => who).filter((who) => who !== user)
  return [...new Set(strangers)].filter((who) => !TRUSTED.includes(who))
}
