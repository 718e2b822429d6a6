import { settingsTexts as texts } from '../texts/settings'

/** The problem of one field among those of the file, without its path; the shell reports shortcuts in this way, too. */
export function problemAt(path: string, problems: readonly string[] = []): string | undefined {
  return problems.find((problem) => problem.startsWith(`${path}: `))?.slice(path.length + 2)
}

/** Those that belong to no field that the view shows. */
export function otherProblems(paths: readonly string[], problems: readonly string[] = []): string[] {
  return problems
    .filter((problem) => !paths.some((path) => problem.startsWith(`${path}: `)))
    .map((problem) => texts.problem(problem))
}
