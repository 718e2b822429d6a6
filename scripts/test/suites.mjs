import { Stop } from '../lib/progress.mjs'

/**
 * A step of the gate: an npm script that passes or fails as a whole, or a vitest project whose tests are counted.
 * @typedef {object} Step
 * @property {string} name
 * @property {'check' | 'tests'} kind
 */

/** @type {Readonly<Record<string, readonly Step[]>>} in the order in which they run, quick ones first */
const suites = {
  checks: ['format:check', 'lint', 'typecheck', 'protocol:check', 'workflows', 'build'].map((name) => ({
    name,
    kind: 'check',
  })),
  unit: [{ name: 'unit', kind: 'tests' }],
  contract: [{ name: 'contract', kind: 'tests' }],
  inputs: [{ name: 'inputs', kind: 'tests' }],
  'real-inputs': [{ name: 'real-inputs', kind: 'tests' }],
  // Longer than the gate may take: `npm run inputs`.
  'long-inputs': [{ name: 'long-inputs', kind: 'tests' }],
  // The desktop of Windows, and all of Waggle but its shell on it, under Wine.
  windows: [{ name: 'windows', kind: 'tests' }],
  process: [{ name: 'process', kind: 'tests' }],
  // The same: `npm run many-agents`.
  'many-agents': [{ name: 'many-agents', kind: 'tests' }],
  // The same: `npm run long-windows`.
  'long-windows': [{ name: 'long-windows', kind: 'tests' }],
  // The same: `npm run killing`.
  killing: [{ name: 'killing', kind: 'tests' }],
  // The same, and it needs terminals that no other suite does: `npm run terminals`.
  'plain-terminals': [{ name: 'plain-terminals', kind: 'tests' }],
  // The same: `npm run desks`.
  desks: [{ name: 'desks', kind: 'tests' }],
  e2e: [{ name: 'e2e', kind: 'tests' }],
  package: [
    { name: 'package', kind: 'check' },
    { name: 'package', kind: 'tests' },
  ],
}

/** What `npm test` runs when nothing is named: all but the packaging, which `.ci/run` adds. */
const byDefault = ['checks', 'unit', 'contract', 'inputs', 'real-inputs', 'windows', 'process', 'e2e']

/**
 * The steps of the suites named, in their usual order. Throws {@link Stop} for a name that is none.
 * @param {readonly string[]} names
 * @returns {Step[]}
 */
export function stepsOf(names) {
  const all = Object.keys(suites)
  const unknown = names.filter((name) => !all.includes(name))
  if (unknown.length > 0) throw new Stop(`No such suite: ${unknown.join(', ')}. There are: ${all.join(', ')}`)
  const chosen = names.length > 0 ? names : byDefault
  return Object.entries(suites).flatMap(([name, steps]) => (chosen.includes(name) ? steps : []))
}
