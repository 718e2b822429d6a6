// Whose work goes along, with their licences: out/third-party-notices.txt, and the same for the window's about pane. What is
// bundled is listed by Vite as it bundles; what the package brings as it is, by generate-license-file.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { getProjectLicenses } from 'generate-license-file'
import { projectRoot } from './lib/paths.mjs'
import { whenStarted } from './lib/progress.mjs'

/** What Vite calls its list in each part's folder. */
const LIST = 'third-party.json'
const parts = ['main', 'renderer', 'cli', 'client']

/** @typedef {{ names: string[], text: string }} Notice */
/** @typedef {{ name: string, version: string, identifier?: string, text?: string }} Listed */

/** @returns {Notice[]} */
function bundled() {
  return parts.flatMap((part) => {
    const list = join(projectRoot, 'out', part, LIST)
    const packages = /** @type {Listed[]} */ (JSON.parse(readFileSync(list, 'utf8')))
    rmSync(list)
    return packages.map(({ name, version, identifier, text }) => ({
      names: [`${name}@${version}`],
      text: text ?? identifier ?? '',
    }))
  })
}

/** @returns {Promise<Notice[]>} */
async function shipped() {
  const licenses = await getProjectLicenses(join(projectRoot, 'package.json'))
  return licenses.map(({ dependencies, content, notices }) => ({
    names: dependencies,
    text: [content, ...notices].join('\n\n'),
  }))
}

/** Those with the same text together, by their names. @param {readonly Notice[]} notices @returns {Notice[]} */
function together(notices) {
  /** @type {Map<string, Set<string>>} */
  const byText = new Map()
  for (const { names, text } of notices) {
    const known = byText.get(text.trim()) ?? new Set()
    for (const name of names) known.add(name)
    byText.set(text.trim(), known)
  }
  return [...byText]
    .map(([text, names]) => ({ names: [...names].toSorted(), text }))
    .toSorted((a, b) => (a.names[0] ?? '').localeCompare(b.names[0] ?? ''))
}

await whenStarted(import.meta.url, async () => {
  const notices = together([...bundled(), ...(await shipped())])
  const text = notices
    .map((one) => `${one.names.join('\n')}\n\n${one.text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`)
  writeFileSync(join(projectRoot, 'out', 'third-party-notices.txt'), text)
  // A module, which the page may load by its policy, and no file that it would have to fetch.
  const module = `export const notices = ${JSON.stringify(notices)}\n`
  writeFileSync(join(projectRoot, 'out', 'renderer', 'third-party.js'), module)
})
