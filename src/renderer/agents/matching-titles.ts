import type { SeenWindow } from '../../contract/desktop-look'

/** The windows whose title the pattern fits; undefined when it is no regular expression. */
export function matchingTitles(pattern: string, windows: readonly SeenWindow[]): SeenWindow[] | undefined {
  try {
    const expression = new RegExp(pattern, 'u')
    return windows.filter(({ title }) => expression.test(title))
  } catch {
    return undefined
  }
}
