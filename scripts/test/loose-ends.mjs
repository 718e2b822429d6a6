const PINNED = /@[0-9a-f]{40}\b/
const MAY_ONLY_READ = /^permissions:\n {2}contents: read\n(?! )/m

/**
 * What no linter asks of a workflow: that an action is named by the hash of one commit, since a tag can be moved to another,
 * and that the workflow may do nothing but read the project.
 * @param {string} workflow
 * @returns {{line: number, column: number, message: string}[]}
 */
export function looseEnds(workflow) {
  const lines = workflow.split('\n')
  const found = lines.flatMap((text, index) => {
    const column = text.indexOf('uses:') + 1
    const isLoose = /^[ -]*uses:/.test(text) && !PINNED.test(text)
    return isLoose
      ? { line: index + 1, column, message: 'this action is not named by the hash of a commit' }
      : []
  })
  const rights = lines.findIndex((text) => /^ +permissions:/.test(text)) + 1
  if (rights > 0 || !MAY_ONLY_READ.test(workflow))
    found.push({ line: Math.max(rights, 1), column: 1, message: 'it may do more than read the project' })
  return found
}
