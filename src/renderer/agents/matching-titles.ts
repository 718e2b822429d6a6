import type { SeenWindow } from '../../contract/desktop-look'

import { titlePattern } from '../../contract/title-pattern'
/** The windows whose title the pattern fits; undefined when it is no regular expression. */
export function matchingTitles(pattern: string, windows: readonly SeenWindow[]): SeenWindow[] | undefined {
  try {
    const expression = titlePattern(pattern)
    return windows.filter(({ title }) => expression.test(title))
  } catch {
    return undefined
  }
}
